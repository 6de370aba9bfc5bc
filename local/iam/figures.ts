import { evaluate } from "./evaluate";
import type { Policies } from "./policies";
import { readContext, type Call, type Surroundings } from "./request-context";
import type { CompiledStatement, Grant } from "./statement";

/** Policies with what judging takes. */
export interface Judged {
  readonly policies: Policies;
  readonly surroundings: Surroundings;
}

/** Every statement of the stack, of roles and of resources; boundaries grant nothing and are left out. */
export function allStatements({ roles, resources }: Policies): CompiledStatement[] {
  return [...[...roles.values()].map(({ identity }) => identity), ...resources.values()].flatMap(({ all }) => all);
}

/**
 * What is granted. A statement for the whole account grants nothing by itself: it leaves it to the account's IAM, whose
 * policies are counted.
 */
export function granted({ policies, surroundings }: Judged): Grant[] {
  const root = `arn:aws:iam::${surroundings.account}:root`;
  return allStatements(policies)
    .filter(({ effect, source }) => effect === "Allow" && !isDelegation(source.principal, root))
    .flatMap((statement) => statement.grants());
}

function isDelegation(principal: CompiledStatement["source"]["principal"], root: string): boolean {
  return typeof principal === "object" && principal.AWS?.length === 1 && principal.AWS[0] === root;
}

/** Calls that the policies refuse. */
export function refused(calls: readonly Call[], { policies, surroundings }: Judged): Call[] {
  return calls.filter((call) => !evaluate(call, policies, surroundings).allowed);
}

/** Grants that none of the calls made use of. */
export function unexercised(calls: readonly Call[], judged: Judged): Grant[] {
  const used = new Set(calls.flatMap((call) => usesOf(call, judged)).map(grantKey));
  return granted(judged).filter((grant) => !used.has(grantKey(grant)));
}

function usesOf(call: Call, { policies, surroundings }: Judged): Grant[] {
  const judgement = evaluate(call, policies, surroundings);
  if (!judgement.allowed) return [];
  const { principal, action, resource } = call;
  const request = { principal, action, resource, read: readContext(call, surroundings) };
  return judgement.by.flatMap((statement) => statement.usedBy(request));
}

function grantKey({ statement, action, resource }: Grant): string {
  return [statement, action, resource].join(" ");
}

/** Ids of the Allow statements that could be dropped without any of the calls being refused. */
export function unneeded(calls: readonly Call[], { policies, surroundings }: Judged): string[] {
  const hanging = new Set<string>();
  for (const call of calls) {
    const judgement = evaluate(call, policies, surroundings);
    if (!judgement.allowed) continue;
    for (const { id } of judgement.by) {
      if (hanging.has(id)) continue;
      const kept = evaluate(call, policies, surroundings, (statement) => statement.id === id);
      if (!kept.allowed) hanging.add(id);
    }
  }
  return allStatements(policies)
    .filter(({ effect, id }) => effect === "Allow" && !hanging.has(id))
    .map(({ id }) => id);
}

/** Ids of the Deny statements that none of the calls ran into: but for the statement, the call would have been allowed. */
export function unproved(calls: readonly Call[], { policies, surroundings }: Judged): string[] {
  const denials = allStatements(policies).filter(({ effect }) => effect === "Deny");
  const proved = ({ id }: CompiledStatement): boolean =>
    calls.some(
      (call) =>
        !evaluate(call, policies, surroundings).allowed &&
        evaluate(call, policies, surroundings, (statement) => statement.id === id).allowed,
    );
  return denials.filter((statement) => !proved(statement)).map(({ id }) => id);
}
