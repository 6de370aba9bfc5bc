import type { Environment } from "../../../environments/environment";
import { factsOf } from "../../../script/cost/facts";
import { FREE, NOT_COUNTED, PRICED } from "../../../script/cost/resource-types";
import type { Resources } from "../../../script/stack-resources";
import { withOptions } from "../../support/optional";
import { environment, synthesised } from "../../support/synthesised";

/** Synthesised once for all tests of this file. */
const made = (of: Environment): { of: Environment; resources: Resources } => ({
  of,
  resources: synthesised(of).document.resource,
});

const base = environment("prod", "direct");
const mediapackage = made(environment("prod", "mediapackage"));
const settings = made({
  ...base,
  ladder: { ...base.ladder, rungs: ["720p", "2160p"] },
  transcode: { download: "480p", queue: { plan: "RESERVED", slots: 3 } },
  deliver: { ...base.deliver, botControl: "block", manifestSeconds: 2 },
  entitle: {
    ...base.entitle,
    cookieSeconds: 600,
    concurrentStreams: 2,
    issuer: { url: "https://id.example.com", audience: "vod" },
  },
});

test("the ladder, the edge and the clock of prod, as its stack has them", () => {
  const facts = factsOf(mediapackage.of, mediapackage.resources);
  expect(facts.ladder.map(({ size, bitsPerSecond }) => [size, bitsPerSecond])).toEqual([
    ["sd", 528_000],
    ["sd", 928_000],
    ["sd", 1_528_000],
    ["hd", 3_128_000],
    ["hd", 5_128_000],
  ]);
  expect(facts).toMatchObject({
    topology: "mediapackage",
    downloads: [],
    segmentSeconds: 4,
    requestsPerSegment: 1,
    cache: { manifests: 5, segments: 31_536_000 },
    originShield: true,
    refreshSeconds: 180,
    userPool: "essentials",
    logDays: 90,
  });
  expect(facts.schedules).toContainEqual({ handler: "confirm_playable", callsAMonth: 43_800, megabytes: 256 });
  expect(facts.firewall).toMatchObject({ acls: 1, groups: 1, botControl: false });
});

test("settings show: topology, a file to download, 2160p, a queue, bot control, a provider of one's own, slots", () => {
  const facts = factsOf(settings.of, settings.resources);
  expect(facts).toMatchObject({
    ladder: [
      { size: "hd", bitsPerSecond: 3_000_000 },
      { size: "uhd", bitsPerSecond: 14_000_000 },
      { size: "audio", bitsPerSecond: 128_000 },
    ],
    downloads: [{ size: "sd", bitsPerSecond: 1_528_000 }],
    requestsPerSegment: 2,
    queue: { plan: "RESERVED", slots: 3 },
    refreshSeconds: 360,
    slots: true,
    userPool: undefined,
  });
  expect(facts.cache.manifests).toBe(2);
  expect(facts.firewall.botControl).toBe(true);
});

test("real-time logs are of the bill where the stack has them, and their stream is no beacons'", () => {
  const stack = withOptions();
  expect(factsOf(stack.environment, stack.document.resource).realtimeLogsPercent).toBe(5);
  const { realtimeLogsPercent, beacons } = factsOf(mediapackage.of, {
    ...mediapackage.resources,
    aws_kinesis_firehose_delivery_stream: { edge_now: {} },
  });
  expect([realtimeLogsPercent, beacons]).toEqual([undefined, undefined]);
});

test("of every type of resource in prod's stack, with all that is optional, somebody has said whether it costs anything", () => {
  const known = new Set([...PRICED, ...FREE, ...Object.keys(NOT_COUNTED)]);
  expect(known.size).toBe(PRICED.length + FREE.length + Object.keys(NOT_COUNTED).length);
  const stacks = [mediapackage.resources, settings.resources, withOptions().document.resource];
  const unknown = stacks.flatMap((resources) => Object.keys(resources).filter((type) => !known.has(type)));
  expect(unknown).toEqual([]);
});
