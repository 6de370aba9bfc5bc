import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { CallLog } from "../../../local/gateway/call-log";
import { unneeded, type Judged } from "../../../local/iam/figures";
import { createJudge, surroundingsOf } from "../../../local/iam/judge";
import { readPolicies } from "../../../local/iam/policies";
import { distinctCalls } from "../../../local/iam/recorded-calls";
import { createEventBridge } from "../../../local/services/eventbridge/event-bridge";
import { routeTargets } from "../../../local/services/eventbridge/targets";
import { publishToFiles } from "../../../local/services/sns/publish";
import { readStack } from "../../../local/terraform/read-stack";
import { environment, synthesised } from "../../support/synthesised";
import { manualTime, temporaryDirectory, unexpected } from "../services/test-kit";

const directory = temporaryDirectory();
const deployment = readStack(synthesised(environment("local")).file, {
  account: "000000000000",
  region: "eu-west-1",
  edgeHost: "edge",
  gatewayHost: "gateway",
  variables: { cdn_identifier: "identifier", api_origin_secret: "secret" },
});

test("a rule of either Region may tell its topic and use the topic's key, and each statement for it is needed", async () => {
  const { timers, clock } = manualTime();
  const log = new CallLog({ file: join(directory, "calls.jsonl"), clock, decide: createJudge(deployment, clock) });
  const common = { deployment, authorize: log.authorize, clock, timers, ids: randomUUID };
  const bus = createEventBridge({
    ...common,
    deliver: routeTargets({ sns: publishToFiles({ ...common, directory: join(directory, "sns") }) }),
    deadLetters: unexpected("dead letter"),
    onLost: unexpected("loss"),
  });
  for (const [source, eventName] of [
    ["aws.kms", "DisableKey"],
    ["aws.cloudfront", "DeletePublicKey"],
  ] as const) {
    const detail = { eventName, userIdentity: { arn: "arn:aws:iam::000000000000:user/someone" } };
    bus.publish({ source, detailType: "AWS API Call via CloudTrail", detail });
  }
  await bus.idle();

  const records = log.records();
  expect(records.filter(({ allowed }) => !allowed)).toEqual([]);
  expect(records.map(({ action, resource }) => [action, resource.split(":")[3]]).sort()).toEqual(
    ["kms:Decrypt", "kms:GenerateDataKey", "sns:Publish"].flatMap((action) => [
      [action, "eu-west-1"],
      [action, "us-east-1"],
    ]),
  );
  const judged: Judged = { policies: readPolicies(deployment), surroundings: surroundingsOf(deployment, clock) };
  const spare = unneeded(distinctCalls(records), judged);
  const alerts = [
    "aws_sns_topic_policy.operators#2",
    "aws_sns_topic_policy.edge_operators#2",
    "aws_kms_key_policy.data#3",
    "aws_kms_key_policy.edge_news#2",
  ];
  expect(alerts.filter((statement) => spare.includes(statement))).toEqual([]);
});
