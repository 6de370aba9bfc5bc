import { readPolicies } from "../../local/iam/policies";
import { allStatements } from "../../local/iam/figures";
import { CompiledStatement } from "../../local/iam/statement";
import { readStack } from "../../local/terraform/read-stack";
import { actionsOf, isKeyOf, isResourceOf, namesNoResource } from "../support/service-authorization";
import { everyStack, title, type SynthesisedStack } from "../support/synthesised";

/** The policies of a stack that carry no boundary of another stack. */
function statementsOf({ file, environment }: SynthesisedStack): CompiledStatement[] {
  const { account, region } = environment;
  const boundary = `arn:aws:iam::${account}:policy/vod-boundary-${environment.name}`;
  const nothing = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  const stack = readStack(file, {
    account,
    region,
    edgeHost: "edge",
    gatewayHost: "gateway",
    variables: { cdn_identifier: "identifier", api_origin_secret: "secret" },
  });
  return allStatements(readPolicies(stack, { managed: new Map([[boundary, nothing]]) }));
}

/** What a statement says of an action that AWS's reference does not have. */
async function complaints({ id, source }: CompiledStatement): Promise<string[]> {
  const found: string[] = [];
  for (const pattern of source.actions ?? []) {
    const delegates = pattern === "kms:*" || pattern === "s3:*"; // the key's owner, and a Deny of everything
    const actions = await actionsOf(pattern);
    if (actions.length === 0) found.push(`${id}: ${pattern} is no action`);
    for (const action of delegates ? [] : actions) {
      for (const resource of source.resources ?? []) {
        // A key's own policy calls the key `*`.
        if (id.startsWith("aws_kms_key_policy.") && resource === "*") continue;
        if (!(await isResourceOf(action, resource))) found.push(`${id}: ${action} is not about ${resource}`);
        if (resource === "*" && !(await namesNoResource(action))) found.push(`${id}: ${action} could be narrowed`);
      }
      for (const key of Object.values(source.conditions).flatMap((keys) => Object.keys(keys))) {
        if (!(await isKeyOf(action, key))) found.push(`${id}: requests for ${action} have no ${key}`);
      }
    }
  }
  return found;
}

test.each(everyStack().map((stack) => [title(stack), stack] as const))(
  "every statement of %s names actions, resources and condition keys that AWS has, and * only where nothing narrows",
  async (_, stack) => {
    const statements = statementsOf(stack);
    expect(statements.length).toBeGreaterThan(60);
    expect((await Promise.all(statements.map(complaints))).flat()).toEqual([]);
  },
);

test("a statement that AWS would never match is told", async () => {
  const statement = new CompiledStatement(
    {
      effect: "Allow",
      actions: ["s3:GetObjects", "mediaconvert:CreateJob", "s3:ListBucket", "sqs:SendMessage"],
      resources: ["arn:aws:mediaconvert:eu-west-1:111111111111:jobs/*", "*"],
      conditions: { StringEquals: { "s3:prefix": ["uploads/"] } },
    },
    "policy#1",
  );
  expect(await complaints(statement)).toEqual([
    "policy#1: s3:GetObjects is no action",
    "policy#1: mediaconvert:CreateJob is not about arn:aws:mediaconvert:eu-west-1:111111111111:jobs/*",
    "policy#1: mediaconvert:CreateJob is not about *",
    "policy#1: mediaconvert:CreateJob could be narrowed",
    "policy#1: requests for mediaconvert:CreateJob have no s3:prefix",
    "policy#1: s3:ListBucket is not about arn:aws:mediaconvert:eu-west-1:111111111111:jobs/*",
    "policy#1: s3:ListBucket is not about *",
    "policy#1: s3:ListBucket could be narrowed",
    "policy#1: sqs:SendMessage is not about arn:aws:mediaconvert:eu-west-1:111111111111:jobs/*",
    "policy#1: sqs:SendMessage is not about *",
    "policy#1: sqs:SendMessage could be narrowed",
    "policy#1: requests for sqs:SendMessage have no s3:prefix",
  ]);
});
