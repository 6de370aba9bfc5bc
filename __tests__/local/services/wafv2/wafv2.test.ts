import { randomUUID } from "node:crypto";
import { GetRuleGroupCommand, ListRuleGroupsCommand, UpdateRuleGroupCommand, WAFV2Client, type Rule } from "@aws-sdk/client-wafv2"; // prettier-ignore
import { createWafv2, type Wafv2 } from "../../../../local/services/wafv2/wafv2";
import { OPERATOR, startTestGateway, testDeployment, type TestGateway } from "../../gateway/test-gateway";

const ARN = "arn:aws:wafv2:us-east-1:000000000000:global/rulegroup/vod-takedown-local/g1";
const GROUP = { Id: "g1", Name: "vod-takedown-local", Scope: "CLOUDFRONT" } as const;
const VISIBILITY = { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName: "m" };
const DEPLOYMENT = testDeployment({
  "aws_wafv2_rule_group.takedown": {
    id: GROUP.Id,
    arn: ARN,
    name: GROUP.Name,
    description: "operated",
    capacity: 46,
    lock_token: "first",
    visibility_config: { sampled_requests_enabled: false, cloudwatch_metrics_enabled: true, metric_name: "m" },
  },
});

const rule = (name: string, priority = 0): Rule => ({
  Name: name,
  Priority: priority,
  Statement: {
    RegexMatchStatement: {
      RegexString: `^/v1/${name}/`,
      FieldToMatch: { UriPath: {} },
      TextTransformations: [
        { Priority: 0, Type: "URL_DECODE" },
        { Priority: 1, Type: "NORMALIZE_PATH" },
      ],
    },
  },
  Action: { Block: {} },
  VisibilityConfig: VISIBILITY,
});

let gateway: TestGateway;
let client: WAFV2Client;
let wafv2: Wafv2;
const calls: string[] = [];
const open = () =>
  createWafv2({
    deployment: DEPLOYMENT,
    directory: gateway.directory,
    authorize: ({ arn }, action, resource) => void calls.push([arn, action, resource].join(" ")),
    ids: randomUUID,
  });
const update = (rules: Rule[], token?: string) =>
  client.send(new UpdateRuleGroupCommand({ ...GROUP, Rules: rules, LockToken: token, VisibilityConfig: VISIBILITY }));

beforeEach(async () => {
  calls.length = 0;
  gateway = await startTestGateway();
  wafv2 = open();
  gateway.register(wafv2);
  client = new WAFV2Client({ ...gateway.client, region: "us-east-1", maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await gateway.stop();
});

test("a group is listed and read as the stack made it: empty, and operated by nobody yet", async () => {
  const { RuleGroups } = await client.send(new ListRuleGroupsCommand({ Scope: "CLOUDFRONT" }));
  expect(RuleGroups).toEqual([{ Id: "g1", Name: GROUP.Name, ARN, Description: "operated", LockToken: "first" }]);
  const { RuleGroup, LockToken } = await client.send(new GetRuleGroupCommand(GROUP));
  expect([RuleGroup?.Rules, RuleGroup?.Capacity, RuleGroup?.VisibilityConfig, LockToken]).toEqual([
    [],
    46,
    VISIBILITY,
    "first",
  ]);
  expect(wafv2.operatedRules(ARN)).toBeUndefined();
  expect(calls).toEqual([`${OPERATOR.arn} wafv2:ListRuleGroups *`, `${OPERATOR.arn} wafv2:GetRuleGroup ${ARN}`]);
});

test("an update with the lock token takes effect in Terraform's words, and outlives a restart", async () => {
  const { NextLockToken } = await update([rule("abc")], "first");
  const block = {
    name: "abc",
    priority: 0,
    statement: {
      regex_match_statement: {
        regex_string: "^/v1/abc/",
        field_to_match: { uri_path: {} },
        text_transformation: [
          { priority: 0, type: "URL_DECODE" },
          { priority: 1, type: "NORMALIZE_PATH" },
        ],
      },
    },
    action: { block: {} },
    visibility_config: { sampled_requests_enabled: false, cloud_watch_metrics_enabled: true, metric_name: "m" },
  };
  expect(wafv2.operatedRules(ARN)).toEqual([block]);
  expect(wafv2.operatedRules(ARN)).toBe(wafv2.operatedRules(ARN));
  const { RuleGroup, LockToken } = await client.send(new GetRuleGroupCommand(GROUP));
  expect([RuleGroup?.Rules, LockToken]).toEqual([[rule("abc")], NextLockToken]);
  expect(open().operatedRules(ARN)).toEqual([block]);
  expect(calls[0]).toBe(`${OPERATOR.arn} wafv2:UpdateRuleGroup ${ARN}`);
});

test.each([
  ["an old lock token", [rule("abc")], "old", "WAFOptimisticLockException", /has changed since you last retrieved it/],
  [
    "more than the group's capacity",
    [rule("a"), rule("b", 1), rule("c", 2)],
    "first",
    "WAFLimitsExceededException",
    /^The rules need 69 capacity units, and the rule group vod-takedown-local has 46\.$/,
  ],
])("%s changes nothing", async (_, rules, token, name, message) => {
  await expect(update(rules, token)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  expect(wafv2.operatedRules(ARN)).toBeUndefined();
});

test("what is not there, or not of the edge, is refused by name", async () => {
  await expect(client.send(new GetRuleGroupCommand({ ...GROUP, Id: "g2" }))).rejects.toMatchObject({
    name: "WAFNonexistentItemException",
  });
  await expect(client.send(new ListRuleGroupsCommand({ Scope: "REGIONAL" }))).rejects.toMatchObject({
    message: "Scope must be CLOUDFRONT here, got REGIONAL.",
  });
});
