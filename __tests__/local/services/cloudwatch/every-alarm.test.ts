import { join } from "node:path";
import { jsonLog } from "../../../../handlers/shared/log";
import type { LogCode } from "../../../../handlers/shared/log-codes";
import type { EdgeAnswer } from "../../../../local/edge/edge-answer";
import { createCloudWatch } from "../../../../local/services/cloudwatch/cloudwatch";
import { edgeMetrics } from "../../../../local/services/cloudwatch/edge-metrics";
import {
  measureDelivery,
  measureEgress,
  measureInvocation,
  measureJob,
} from "../../../../local/services/cloudwatch/service-metrics";
import { readStack } from "../../../../local/terraform/read-stack";
import { environment, synthesised } from "../../../support/synthesised";
import { manualTime, temporaryDirectory } from "../test-kit";

/** The alarms as they would be applied, the optional one among them. */
const local = environment("local", "mediapackage");
const { file } = synthesised({ ...local, operate: { ...local.operate, check: true } });
const deployment = readStack(file, {
  account: "000000000000",
  region: "eu-west-1",
  edgeHost: "127.0.0.1:8080",
  gatewayHost: "127.0.0.1:4566",
  variables: { api_origin_secret: "api-secret", cdn_identifier: "cdn-identifier" },
});
const directory = temporaryDirectory();
const QUEUES = deployment.all("aws_sqs_queue").map(({ values }) => String(values.name));
const HLS = String(deployment.all("aws_cloudformation_stack").map(({ values }) => values.template_body).join().match(/vod-local-hls-[0-9a-f]{8}/)); // prettier-ignore

type Platform = ReturnType<typeof platform>;

/** The sources of metrics as the local platform joins them, at a time of its own. */
function platform() {
  const time = manualTime();
  const depths = Object.fromEntries(QUEUES.map((name) => [name, 0]));
  const cloudWatch = createCloudWatch({ deployment, file: join(directory, "alarms.jsonl"), ...time, queueDepths: () => depths }); // prettier-ignore
  const count = edgeMetrics(deployment, cloudWatch.measure);
  const { measure } = cloudWatch;
  return {
    depths,
    logs: (code: LogCode, fields?: Record<string, number>, times = 1) => {
      const log = jsonLog("handler", time.clock, cloudWatch.logged, "local");
      for (let index = 0; index < times; index += 1) log(code, fields);
    },
    edge: (times: number, answer: Partial<EdgeAnswer> = {}) => {
      const usual: EdgeAnswer = { method: "GET", status: 200, cached: true, blocked: false, milliseconds: 20 };
      for (let index = 0; index < times; index += 1) count({ ...usual, ...answer }, time.clock());
    },
    egress: (times: number, status: number) => {
      for (let index = 0; index < times; index += 1) measureEgress(measure, HLS, status, time.clock());
    },
    minted: (times: number, failed: boolean) => {
      for (let index = 0; index < times; index += 1) measureInvocation(measure, "vod-mint-playback-local", failed, time.clock()); // prettier-ignore
    },
    delivered: (success: boolean) => measureDelivery(measure, "vod-beacons-local", success, time.clock()),
    job: (status: string) => {
      const queue = "arn:aws:mediaconvert:eu-west-1:000000000000:queues/vod-local";
      const detail = { status, queue };
      measureJob(
        measure,
        { source: "aws.mediaconvert", detailType: "MediaConvert Job State Change", detail },
        time.clock(),
      );
    },
    pass: (seconds: number) => time.advance(seconds * 1000),
    ringing: () =>
      cloudWatch
        .alarms()
        .filter(({ state }) => state === "ALARM")
        .map(({ name }) => name.replace(/^vod-|-local$/g, "")),
  };
}

/** What happens each minute while all is well. */
function wellFor(it: Platform, waiting: number): void {
  it.logs("CHECK_PASSED", { milliseconds: 300 });
  it.logs("QUEUE_MEASURED", { waiting, progressing: 1 });
  it.logs("TITLES_MEASURED", { atWork: 3, stuck: 0 });
}

async function minutes(it: Platform, count: number, each?: () => void, waiting = 2): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    await it.pass(60);
    wellFor(it, waiting);
    each?.();
  }
}

/** Alarm, what is done, how; every alarm of the stack has its row. */
const ROWS: readonly (readonly [string, string, (it: Platform) => void | Promise<void>, ("page" | "edge-page")?])[] = [
  ["titles-failed", "a file without a picture is uploaded", (it) => it.logs("MEZZANINE_REFUSED")],
  ["events-rejected", "an event of an unknown shape is sent", (it) => it.logs("EVENT_REJECTED")],
  ["jobs-errored", "a job ends with an error", (it) => it.job("ERROR")],
  ["queue-backlog", "21 jobs wait for a quarter of an hour", (it) => minutes(it, 16, undefined, 21)],
  ["stuck-titles", "a title is at work for four hours", (it) => it.logs("TITLES_MEASURED", { atWork: 1, stuck: 1 })],
  ["package-4xx", "the edge asks for segments that are not there", (it) => (it.egress(90, 200), it.egress(10, 404))],
  ["package-5xx", "the packager fails five times in a hundred", (it) => (it.egress(95, 200), it.egress(5, 503))],
  ["mint-errors", "the mint fails three times in ten", (it) => (it.minted(7, false), it.minted(3, true)), "page"],
  [
    "mint-refusals",
    "ten of fifteen viewers are refused",
    (it) => (it.logs("PLAYBACK_MINTED", {}, 5), it.logs("PLAYBACK_REFUSED", {}, 10)),
  ],
  ["edge-bypassed", "the API is asked eleven times at its own address", (it) => it.logs("ORIGIN_SECRET_WRONG", {}, 11)],
  [
    "beacons-undelivered",
    "the stream cannot write into the log bucket",
    (it) => (it.delivered(true), it.delivered(false)),
  ],
  ["check-failed", "the check does not pass for three minutes", (it) => it.pass(181), "page"],
  [
    "cache-hit-ratio",
    "every third segment is fetched from its origin for a quarter of an hour",
    (it) => minutes(it, 16, () => (it.edge(40), it.edge(20, { cached: false }))),
  ],
  [
    "edge-4xx",
    "every second request comes without a good cookie for ten minutes",
    (it) => minutes(it, 11, () => (it.edge(30), it.edge(30, { status: 403, cached: undefined }))),
    "edge-page",
  ],
  ["edge-5xx", "two answers of a hundred are 502", (it) => (it.edge(98), it.edge(2, { status: 502, cached: false })), "edge-page"], // prettier-ignore
  [
    "origin-latency",
    "an origin takes four seconds for a quarter of an hour",
    (it) => minutes(it, 16, () => it.edge(1, { cached: false, milliseconds: 4000 })),
  ],
  ["request-spike", "the edge is asked 1,001 times", (it) => it.edge(1001)],
  [
    "firewall-blocks",
    "the firewall blocks a quarter of 400 requests",
    (it) => (it.edge(300), it.edge(100, { status: 403, cached: undefined, blocked: true })),
  ],
  ...QUEUES.map((queue) => {
    const name = queue.replace(/^vod-|-local$/g, "");
    return [name, "an event cannot be handled", (it: Platform) => void (it.depths[queue] = 1)] as const;
  }),
];

test.each(ROWS.map(([alarm, action, act, page]) => ({ alarm, action, act, page })))(
  "$alarm rings when $action, and no other does but the one that pages",
  async ({ alarm, act, page }) => {
    const it = platform();
    await minutes(it, 4);
    expect(it.ringing()).toEqual([]);
    await act(it);
    expect(it.ringing().sort()).toEqual([alarm, ...(page ? [page] : [])].sort());
  },
);

test("every alarm of the stack can be made to ring", () => {
  const all = ["aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"].flatMap((type) => deployment.all(type));
  const names = all.map(({ values }) => String(values.alarm_name).replace(/^vod-|-local$/g, ""));
  const rung = new Set(ROWS.flatMap(([name, , , page]) => [name, ...(page ? [page] : [])]));
  expect([...rung].sort()).toEqual(names.sort());
});

test("an ordinary evening is quiet", async () => {
  const it = platform();
  await minutes(it, 4);
  for (let minute = 0; minute < 30; minute += 1) {
    await minutes(it, 1, () => {
      it.edge(170);
      it.edge(12, { cached: false, milliseconds: 150 });
      it.edge(3, { status: 403, cached: undefined });
      it.egress(12, 200);
      it.minted(20, false);
      it.logs("PLAYBACK_MINTED", {}, 18);
      it.logs("PLAYBACK_REFUSED", {}, 2);
      it.job("COMPLETE");
      it.delivered(true);
      it.logs("TITLE_READY", { secondsToPlayable: 600 });
    });
    expect(it.ringing()).toEqual([]);
  }
});
