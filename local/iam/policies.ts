import { block, type Deployment, type Resource } from "../terraform/deployment";
import { encryptionKeys } from "../terraform/encryption-keys";
import { parsePolicy, type PolicyStatement } from "./policy-document";
import { CompiledStatement, StatementSet } from "./statement";

/** What decides over the calls of one role. */
export interface RolePolicies {
  readonly identity: StatementSet;
  /** The most that the role may do; absent: no bound. */
  readonly boundary?: StatementSet;
}

/** Every policy of a deployment, compiled. */
export interface Policies {
  /** By ARN of the role. */
  readonly roles: ReadonlyMap<string, RolePolicies>;
  /** Resource policies by ARN: buckets, keys, queues, secrets, topics, functions, and roles, whose policy is trust. */
  readonly resources: ReadonlyMap<string, StatementSet>;
}

export interface PoliciesOptions {
  /** Documents of managed policies that other stacks make, by ARN: the permissions boundary. */
  readonly managed?: ReadonlyMap<string, string>;
}

/** Reads every policy of a deployment. @throws Error that names what cannot be read, so that nothing is judged without it */
export function readPolicies(deployment: Deployment, options: PoliciesOptions = {}): Policies {
  return { roles: readRoles(deployment, options), resources: readResourcePolicies(deployment) };
}

type Documents = ReadonlyMap<string, { readonly address: string; readonly text: string }>;

function readRoles(deployment: Deployment, { managed = new Map() }: PoliciesOptions): Map<string, RolePolicies> {
  const documents: Documents = new Map([
    ...[...managed].map(([arn, text]) => [arn, { address: arn, text }] as const),
    ...deployment
      .all("aws_iam_policy")
      .map(({ address, values }) => [String(values.arn), { address, text: String(values.policy) }] as const),
  ]);
  return new Map(
    deployment.all("aws_iam_role").map((role) => {
      const bound = role.values.permissions_boundary;
      const boundary = typeof bound === "string" ? documentOf(documents, bound, role.address) : undefined;
      const identity = identityPolicies(deployment, role, documents);
      return [
        String(role.values.arn),
        { identity: new StatementSet(identity), ...(boundary && { boundary: new StatementSet(boundary) }) },
      ];
    }),
  );
}

function identityPolicies(deployment: Deployment, role: Resource, documents: Documents): CompiledStatement[] {
  const unread = ["inline_policy", "managed_policy_arns"].filter((argument) => role.values[argument] !== undefined);
  if (unread.length > 0)
    throw new Error(`${role.address}: ${unread.join(", ")} is not read; use resources of their own`);
  const own = (type: string) => deployment.all(type).filter(({ values }) => values.role === role.values.name);
  return [
    ...own("aws_iam_role_policy").flatMap(({ address, values }) => compile(String(values.policy), address)),
    ...own("aws_iam_role_policy_attachment").flatMap(({ address, values }) =>
      documentOf(documents, String(values.policy_arn), address),
    ),
  ];
}

function documentOf(documents: Documents, arn: string, user: string): CompiledStatement[] {
  const found = documents.get(arn);
  if (!found)
    throw new Error(`${user}: the policy ${arn} is in no stack that was read, so nothing can be judged by it`);
  return compile(found.text, found.address);
}

/** KMS gives a key without a policy this one (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html). */
const delegation = (account: string): PolicyStatement => ({
  effect: "Allow",
  principal: { AWS: [`arn:aws:iam::${account}:root`] },
  actions: ["kms:*"],
  resources: ["*"],
  conditions: {},
});

function readResourcePolicies(deployment: Deployment): Map<string, StatementSet> {
  const found = new Map<string, CompiledStatement[]>();
  const add = (arn: string, statements: readonly CompiledStatement[]): void => {
    found.set(arn, [...(found.get(arn) ?? []), ...statements]);
  };
  const each = (type: string, arnOf: (values: Resource["values"]) => string, policy = "policy"): void => {
    for (const { address, values } of deployment.all(type)) {
      if (typeof values[policy] === "string") add(arnOf(values), compile(values[policy], address));
    }
  };
  const keys = encryptionKeys(deployment);
  each("aws_s3_bucket_policy", ({ bucket }) => `arn:aws:s3:::${String(bucket)}`);
  each("aws_kms_key", ({ arn }) => String(arn));
  each("aws_kms_key_policy", ({ key_id: id }) => keys.arnOf(String(id)) ?? String(id));
  each("aws_secretsmanager_secret", ({ arn }) => String(arn));
  each("aws_secretsmanager_secret_policy", ({ secret_arn: arn }) => String(arn));
  each("aws_sns_topic", ({ arn }) => String(arn));
  each("aws_sns_topic_policy", ({ arn }) => String(arn));
  each("aws_sqs_queue_policy", ({ queue_url: url }) => queueArn(String(url), deployment));
  each("aws_iam_role", ({ arn }) => String(arn), "assume_role_policy");
  for (const { address, values } of deployment.all("aws_kms_key")) {
    const arn = String(values.arn);
    if (!found.has(arn)) add(arn, [new CompiledStatement(delegation(deployment.account), `${address}#default`)]);
  }
  for (const permission of deployment.all("aws_lambda_permission")) add(...functionPermission(permission, deployment));
  return new Map([...found].map(([arn, statements]) => [arn, new StatementSet(statements)]));
}

/** `aws_lambda_permission` is a statement of the function's policy, written in arguments. */
function functionPermission(
  { address, values }: Resource,
  { account, region }: Deployment,
): [string, CompiledStatement[]] {
  const named = String(values.function_name);
  const arn = named.startsWith("arn:") ? named : `arn:aws:lambda:${region}:${account}:function:${named}`;
  const { source_arn: sourceArn, source_account: sourceAccount } = values;
  const kind = String(values.principal).endsWith(".amazonaws.com") ? "Service" : "AWS";
  const statement: PolicyStatement = {
    effect: "Allow",
    principal: { [kind]: [String(values.principal)] },
    actions: [String(values.action)],
    resources: [arn],
    conditions: {
      ...(typeof sourceArn === "string" && { ArnLike: { "aws:SourceArn": [sourceArn] } }),
      ...(typeof sourceAccount === "string" && { StringEquals: { "aws:SourceAccount": [sourceAccount] } }),
    },
  };
  return [arn, [new CompiledStatement(statement, `${address}#1`)]];
}

function compile(text: string, address: string): CompiledStatement[] {
  return parsePolicy(text, address).map(
    (statement, index) => new CompiledStatement(statement, `${address}#${index + 1}`),
  );
}

/** The statements of one policy. `address` is what they are called by. */
export function compilePolicy(text: string, address: string): StatementSet {
  return new StatementSet(compile(text, address));
}

function queueArn(url: string, deployment: Deployment): string {
  const queue = deployment.all("aws_sqs_queue").find(({ values }) => values.url === url || values.id === url);
  return queue ? String(queue.values.arn) : url;
}

/** Tags by ARN, those that the provider gives everything among them; a state has them together in `tags_all`. */
export function tagsByArn(deployment: Deployment): (arn: string) => Readonly<Record<string, string>> {
  const tagged = new Map<string, Readonly<Record<string, string>>>();
  for (const type of [
    "aws_kms_key",
    "aws_secretsmanager_secret",
    "aws_dynamodb_table",
    "aws_sqs_queue",
    "aws_s3_bucket",
  ]) {
    for (const { values } of deployment.all(type)) {
      const own = (block(values, "tags_all") ?? block(values, "tags") ?? {}) as Record<string, string>;
      tagged.set(String(values.arn), { ...deployment.defaultTags, ...own });
    }
  }
  return (arn) => tagged.get(arn) ?? {};
}
