import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { CallLog } from "../../../local/gateway/call-log";
import { unneeded, type Judged } from "../../../local/iam/figures";
import { createJudge, surroundingsOf } from "../../../local/iam/judge";
import { readPolicies } from "../../../local/iam/policies";
import { distinctCalls } from "../../../local/iam/recorded-calls";
import type { EventEntry } from "../../../local/kernel/event-bus";
import { createEventBridge } from "../../../local/services/eventbridge/event-bridge";
import { routeTargets } from "../../../local/services/eventbridge/targets";
import { publishToFiles } from "../../../local/services/sns/publish";
import { createSqs } from "../../../local/services/sqs/sqs";
import type { Deployment } from "../../../local/terraform/deployment";
import { readStack } from "../../../local/terraform/read-stack";
import { environment, synthesised } from "../../support/synthesised";
import { manualTime, settle, temporaryDirectory } from "../services/test-kit";

const directory = temporaryDirectory();

/** An event for every rule of the stack that has a pattern. */
const EVENTS: readonly EventEntry[] = [
  created("film.mp4"),
  created("film.vtt"),
  job("COMPLETE"),
  job("ERROR"),
  recorded("aws.kms", "DisableKey"),
  recorded("aws.cloudfront", "DeletePublicKey"),
  { source: "aws.mediapackage", detailType: "MediaPackage Input Notification", detail: { event: "VodAssetPlayable" } },
];

const PARKED = [
  ...["alerts", "edge_alerts"],
  ...["confirm_playable", "measure_backlog", "record_failure", "register_asset", "submit_transcode"],
];

function created(key: string): EventEntry {
  const detail = { bucket: { name: "vod-source-local-000000000000-eu-west-1" }, object: { key: `uploads/${key}` } };
  return { source: "aws.s3", detailType: "Object Created", detail };
}

function job(status: string): EventEntry {
  const queue = "arn:aws:mediaconvert:eu-west-1:000000000000:queues/vod-local";
  return { source: "aws.mediaconvert", detailType: "MediaConvert Job State Change", detail: { status, queue } };
}

function recorded(source: string, eventName: string): EventEntry {
  return { source, detailType: "AWS API Call via CloudTrail", detail: { eventName, userIdentity: { arn: "someone" } } };
}

const ADMISSIONS = ["aws_lambda_permission", "aws_sns_topic_policy"];

/** The synthesised stack of `local`, in which no rule may invoke its function any more, or tell its topic. */
function withoutPermissions(): Deployment {
  const stack = readStack(synthesised(environment("local", "mediapackage")).file, {
    account: "000000000000",
    region: "eu-west-1",
    edgeHost: "edge",
    gatewayHost: "gateway",
    variables: { cdn_identifier: "identifier", api_origin_secret: "secret" },
  });
  return { ...stack, all: (type) => (ADMISSIONS.includes(type) ? [] : stack.all(type)) };
}

test("an event whose function or topic does not admit its rule is parked by EventBridge itself, as queue and key let it", async () => {
  const deployment = withoutPermissions();
  const { timers, clock, advance } = manualTime();
  const log = new CallLog({ file: join(directory, "calls.jsonl"), clock, decide: createJudge(deployment, clock) });
  const lost: string[] = [];
  const common = { deployment, authorize: log.authorize, clock, timers, ids: randomUUID };
  const sqs = createSqs({ ...common, directory: join(directory, "sqs") });
  const lambda = (principal: Parameters<typeof log.authorize>[0], arn: string): void =>
    log.authorize(principal, "lambda:InvokeFunction", arn);
  const eventBridge = createEventBridge({
    ...common,
    deliver: routeTargets({ lambda, sns: publishToFiles({ ...common, directory: join(directory, "sns") }) }),
    deadLetters: sqs.send,
    onLost: (message) => lost.push(message),
  });
  eventBridge.start();
  for (const event of EVENTS) eventBridge.publish(event);
  await advance(60_000);
  await settle();
  await eventBridge.stop();

  expect(lost).toEqual([]);
  const records = log.records();
  expect(
    records
      .filter(({ allowed }) => !allowed)
      .map(({ action }) => action)
      .sort(),
  ).toEqual([
    ...Array(EVENTS.length).fill("lambda:InvokeFunction"), // two go to topics, two more come by schedules
    ...["sns:Publish", "sns:Publish"],
  ]);
  const sent = records.filter(({ action }) => action === "sqs:SendMessage").map(({ resource }) => resource);
  expect(new Set(sent).size).toBe(PARKED.length);
  const judged: Judged = { policies: readPolicies(deployment), surroundings: surroundingsOf(deployment, clock) };
  const parking = [
    ...PARKED.map((queue) => `aws_sqs_queue_policy.${queue}_dead_letters#1`),
    "aws_kms_key_policy.data#3",
    "aws_kms_key_policy.edge_news#2",
  ];
  const spare = unneeded(distinctCalls(records), judged);
  expect(parking.filter((id) => spare.includes(id))).toEqual([]);
  expect(judged.policies.resources.get(String(deployment.get("aws_kms_key.data").values.arn))?.all[2]?.source.sid).toBe("EventBridgeParksEvents"); // prettier-ignore
});
