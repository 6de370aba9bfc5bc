import type { Principal } from "../kernel/aws-service";
import { accountOf } from "./principals";
import type { Policies } from "./policies";
import { readContext, type Call, type Surroundings } from "./request-context";
import { CompiledStatement, StatementSet, type Request } from "./statement";

export type PolicyKind = "identity-based policy" | "resource-based policy" | "permissions boundary";

export type Judgement =
  | { readonly allowed: true; readonly by: readonly CompiledStatement[] }
  | { readonly allowed: false; readonly deniedBy: CompiledStatement; readonly policy: PolicyKind }
  /** No policy of this kind allows it. */
  | { readonly allowed: false; readonly deniedBy?: undefined; readonly policy: PolicyKind };

/** Statements to leave out, to see what hangs on them. */
export type Without = (statement: CompiledStatement) => boolean;

/** Who administers the account, and what another account may have allowed its own. */
const EVERYTHING = new StatementSet([
  new CompiledStatement({ effect: "Allow", actions: ["*"], resources: ["*"], conditions: {} }, "administrator#1"),
]);
const NOTHING = new StatementSet([]);

/** Keys and roles obey their own policy first: IAM alone opens neither. */
const OWN_POLICY_FIRST = /^(?:kms|sts):/i;

/**
 * Judges a call as IAM does: an explicit deny of any policy ends it; within the account, the caller's policies or the
 * resource's must allow it, within the caller's boundary; across accounts both must.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(call: Call, policies: Policies, surroundings: Surroundings, without?: Without): Judgement {
  const { principal, action, resource } = call;
  const request: Request = { principal, action, resource, read: readContext(call, surroundings) };
  const own = ownPolicies(principal, policies, surroundings.account);
  const applying = (set: StatementSet): CompiledStatement[] =>
    set.concerning(action).filter((statement) => !without?.(statement) && statement.applies(request));

  const identity = applying(own.identity);
  const boundary = own.boundary && applying(own.boundary);
  const ofResource = applying(resourcePolicy(policies, action, resource)).filter(
    (statement) => statement.means(principal) !== "no",
  );
  const denial = deny(identity, "identity-based policy") ?? deny(ofResource, "resource-based policy") ?? deny(boundary ?? [], "permissions boundary"); // prettier-ignore
  if (denial) return denial;
  return weigh(call, surroundings.account, allows(identity), allows(ofResource), boundary && allows(boundary));
}

function weigh(
  { principal, action }: Call,
  account: string,
  identity: readonly CompiledStatement[],
  ofResource: readonly CompiledStatement[],
  boundary: readonly CompiledStatement[] | undefined,
): Judgement {
  const direct = ofResource.filter((statement) => statement.means(principal) === "itself");
  const delegated = ofResource.filter((statement) => statement.means(principal) === "account");
  const refused = (policy: PolicyKind): Judgement => ({ allowed: false, policy });
  if (accountOf(principal) === undefined) {
    return direct.length > 0 ? { allowed: true, by: direct } : refused("resource-based policy");
  }
  const foreign = accountOf(principal) !== account;
  const bothAsked = foreign || OWN_POLICY_FIRST.test(action);
  if (bothAsked) {
    if (ofResource.length === 0) return refused("resource-based policy");
    if (identity.length === 0 && (foreign || direct.length === 0)) return refused("identity-based policy");
  } else if (identity.length + direct.length === 0) return refused("identity-based policy");
  if (boundary?.length === 0) return refused("permissions boundary");
  return { allowed: true, by: [...identity, ...direct, ...(bothAsked ? delegated : [])] };
}

function ownPolicies(principal: Principal, { roles }: Policies, account: string) {
  const of = accountOf(principal);
  if (of === undefined) return { identity: NOTHING, boundary: undefined };
  if (of !== account || principal.kind === "user") return { identity: EVERYTHING, boundary: undefined };
  return roles.get(principal.arn) ?? { identity: NOTHING, boundary: undefined };
}

/** Of a bucket for its objects too. Passing a role is no call of the role, so its trust policy is not asked. */
function resourcePolicy({ resources }: Policies, action: string, resource: string): StatementSet {
  if (action === "iam:PassRole") return NOTHING;
  const arn = resource.startsWith("arn:aws:s3:::") ? (resource.split("/")[0] ?? resource) : resource;
  return resources.get(arn) ?? NOTHING;
}

function allows(statements: readonly CompiledStatement[]): CompiledStatement[] {
  return statements.filter(({ effect }) => effect === "Allow");
}

function deny(statements: readonly CompiledStatement[], policy: PolicyKind): Judgement | undefined {
  const deniedBy = statements.find(({ effect }) => effect === "Deny");
  return deniedBy && { allowed: false, deniedBy, policy };
}
