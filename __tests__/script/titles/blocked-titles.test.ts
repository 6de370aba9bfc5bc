import { randomUUID } from "node:crypto";
import { type UpdateRuleGroupCommand, WAFV2Client, type Rule } from "@aws-sdk/client-wafv2";
import { createWafv2 } from "../../../local/services/wafv2/wafv2";
import { BlockedTitles } from "../../../script/titles/blocked-titles";
import { takedownRule } from "../../../script/titles/takedown-rule";
import { title, version } from "../../handlers/support/titles";
import { startTestGateway, testDeployment, type TestGateway } from "../../local/gateway/test-gateway";

let gateway: TestGateway;
let client: WAFV2Client;
let beforeUpdate: () => Promise<void>;

const ARN = "arn:aws:wafv2:us-east-1:000000000000:global/rulegroup/takedown/g1";
const visibility_config = { sampled_requests_enabled: false, cloudwatch_metrics_enabled: true, metric_name: "m" };

beforeEach(async () => {
  gateway = await startTestGateway();
  const group = { id: "g1", arn: ARN, name: "takedown", description: "operated", lock_token: "t", visibility_config };
  gateway.register(
    createWafv2({
      deployment: testDeployment({ "aws_wafv2_rule_group.takedown": { ...group, capacity: 46 } }),
      directory: gateway.directory,
      authorize: () => undefined,
      ids: randomUUID,
    }),
  );
  client = new WAFV2Client({ ...gateway.client, region: "us-east-1", maxAttempts: 1 });
  beforeUpdate = async () => undefined;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === "UpdateRuleGroupCommand") await beforeUpdate();
      return next(args);
    },
    { step: "initialize" },
  );
});
afterEach(async () => {
  client.destroy();
  await gateway.stop();
});

const rule = (assetId: string): Omit<Rule, "Priority"> =>
  takedownRule(title([version("1", { status: "PUBLISHED", playback: { prefix: "aaaa" } })], { assetId }));

test("titles are blocked and unblocked one by one, and blocking again changes the rule in place of a second one", async () => {
  const blocked = new BlockedTitles(client, "takedown");
  await blocked.block(rule("one"));
  await blocked.block(rule("two"));
  await blocked.block(rule("one"));
  expect(await blocked.list()).toEqual(["two", "one"]);
  expect([await blocked.unblock("two"), await blocked.unblock("two")]).toEqual([true, false]);
  expect(await blocked.list()).toEqual(["one"]);
});

test("a change by somebody else in between is kept", async () => {
  const blocked = new BlockedTitles(client, "takedown");
  beforeUpdate = async () => {
    beforeUpdate = async () => undefined;
    await new BlockedTitles(client, "takedown").block(rule("theirs"));
  };
  await blocked.block(rule("ours"));
  expect(await blocked.list()).toEqual(["theirs", "ours"]);
});

test("a full group is said to be full, with what to do", async () => {
  const blocked = new BlockedTitles(client, "takedown");
  await blocked.block(rule("one"));
  await blocked.block(rule("two"));
  await expect(blocked.block(rule("three"))).rejects.toThrow(
    new Error(
      "rule group takedown: full with 2 titles (46 units); unblock one whose cookies have ended, since the mint refuses it anyway",
    ),
  );
});

test("whoever loses every race is told to come again", async () => {
  const other = new WAFV2Client({ ...gateway.client, region: "us-east-1", maxAttempts: 1 });
  const theirs = new BlockedTitles(other, "takedown");
  beforeUpdate = async () => theirs.block(rule("theirs"));
  await expect(new BlockedTitles(client, "takedown").block(rule("ours"))).rejects.toThrow(
    new Error(
      "rule group takedown: changed under 5 writes in a row; wait for whoever else works on it, then run this again",
    ),
  );
  other.destroy();
});

test("an account without the group is told so", async () => {
  await expect(new BlockedTitles(client, "vod-takedown-prod").list()).rejects.toThrow(
    new Error(
      "rule group vod-takedown-prod: the account has none of this name in us-east-1; apply the stack first, or use the environment's own credentials",
    ),
  );
});

test("what the group is besides its rules stays", async () => {
  const sent: unknown[] = [];
  client.middlewareStack.add(
    (next) => async (args) => {
      sent.push(args.input);
      return next(args);
    },
    { step: "initialize" },
  );
  await new BlockedTitles(client, "takedown").block(rule("one"));
  const update = sent.find((input) => "Rules" in (input as object)) as UpdateRuleGroupCommand["input"];
  expect([update.Description, update.VisibilityConfig]).toEqual([
    "operated",
    { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName: "m" },
  ]);
});
