import { bill, line } from "./small";

const small = bill();
const near = (quantity: number, dollars: number) => ({
  quantity: expect.closeTo(quantity, 1),
  dollars: expect.closeTo(dollars, 2),
});

test("jobs are billed by the minutes of each output of the new titles", () => {
  expect(line(small, "MediaConvert", "SD, 1 output")).toEqual(near(300, 3.6)); // 5 titles × 60 min at 0.012
  expect(line(small, "MediaConvert", "HD, 1 output")).toEqual(near(300, 7.2)); // at 0.024
});

test("a reserved queue is billed by its slots, whatever they do", () => {
  const queue = { plan: "RESERVED", slots: 2 } as const;
  expect(line(bill({ queue }), "MediaConvert", "reserved slots")).toEqual(near(2, 800));
  expect(bill({ queue }, { titles: 0, hours: 0, viewers: 0 }).idle).toBeCloseTo(small.idle + 800, 6);
});

test("masters are at hand until they are old enough to be cold, and cold after that", () => {
  // 50 Mbit/s × 3,600 s = 22.5e9 bytes = 20.955 GB; of 100 titles 5 × 90/30.4167 = 14.795 are recent
  expect(line(small, "S3", "mezzanines, recent")).toEqual(near(310.0, 7.13));
  expect(line(small, "S3", "mezzanines, cold")).toEqual(near(1785.5, 7.14));
});

test("the ladder is stored once, in segments", () => {
  // 4 Mbit/s × 3,600 s = 1.8e9 bytes = 1.676 GB; 5 × 7/30.4167 = 1.1507 titles in their first week
  expect(line(small, "S3", "packaged, first week")).toEqual(near(1.93, 0.04));
  expect(line(small, "S3", "packaged")).toEqual(near(165.7, 3.81));
  expect(line(small, "S3", "packaged, watched for access")).toEqual(near(180_000, 0.45)); // 100 × 900 × 2
  expect(line(small, "S3", "segments written")).toEqual(near(9_000, 0.05));
});

test("viewers draw the top rung half of their time, in segments, each a request that the firewall judges too", () => {
  // 10,000 h × 3,600 s × 2 Mbit/s = 9e12 bytes = 8,381.9 GB, and 10,000 plays × 3 manifests × 20 KB = 0.572 GB
  expect(line(small, "CloudFront", "to viewers")).toEqual(near(8382.5, 712.51));
  expect(line(small, "CloudFront", "segments")).toEqual(near(9_000_000, 10.8));
  expect(line(small, "CloudFront", "manifests")).toEqual(near(30_000, 0.04));
  // and 200,000 mints, 20,000 other calls, 50,000 requests for the page
  expect(line(small, "WAF", "requests judged")).toEqual(near(9_300_000, 5.58));
});

test("what the edge misses is packaged, read from the bucket and counted by Origin Shield", () => {
  // 5 % of 9,000,000 segments, since each of 180,000 objects is asked for 50 times a month and kept a year;
  // manifests are kept 5 s and asked for 100 times a month each: all but 0.02 % are missed
  expect(line(small, "S3", "segments read")).toEqual(near(450_000, 0.18));
  expect(line(small, "MediaPackage", "packaged for the edge")).toEqual(near(419.7, 20.98));
  const shield = line(small, "CloudFront", "Origin Shield");
  expect(shield.quantity).toBeGreaterThan(479_990);
  expect(shield.quantity).toBeLessThan(480_000);
});

test("a segment that is kept a second is fetched again each time", () => {
  const brief = bill({ cache: { manifests: 5, segments: 1 } });
  expect(line(brief, "S3", "segments read").quantity).toBeGreaterThan(8_990_000);
});

test("without MediaPackage the edge reads the bucket, manifests too", () => {
  const direct = bill({ topology: "direct" });
  expect(line(direct, "S3", "segments read")).toEqual(near(450_000, 0.18));
  expect(line(direct, "S3", "manifests read").quantity).toBeGreaterThan(29_990);
  expect(direct.lines.filter(({ service }) => service === "MediaPackage")).toEqual([]);
});

test("sound apart from the picture is a request of its own, an output, and no part of the switching", () => {
  const sound = { group: "cmaf", size: "audio", bitsPerSecond: 128_000 } as const;
  const apart = bill({ ladder: [...bothRungs, sound], requestsPerSegment: 2 });
  expect(line(apart, "MediaConvert", "sound, 1 output")).toEqual(near(300, 0.9));
  expect(line(apart, "CloudFront", "segments")).toEqual(near(18_000_000, 21.6));
  // 2.128 Mbit/s instead of 2
  expect(line(apart, "CloudFront", "to viewers")).toEqual(near(8918.9, 758.11));
});

const bothRungs = [
  { group: "cmaf", size: "sd", bitsPerSecond: 1_000_000 },
  { group: "cmaf", size: "hd", bitsPerSecond: 3_000_000 },
] as const;

test("a ladder of one rung is watched at that rung", () => {
  const one = bill({ ladder: [{ group: "hls", size: "hd", bitsPerSecond: 3_000_000 }] });
  expect(line(one, "CloudFront", "to viewers").quantity).toBeCloseTo(8381.9 * 1.5 + 0.57, 0);
});

test("files to download are made, kept and delivered", () => {
  const offered = bill({ downloads: [{ group: "download", size: "sd", bitsPerSecond: 1_000_000 }] });
  expect(line(offered, "MediaConvert", "SD, 2 outputs")).toEqual(near(600, 7.2));
  // 1,000 viewers × 0.419 GB more
  expect(line(offered, "CloudFront", "to viewers").quantity).toBeCloseTo(8382.5 + 419.1, 0);
  expect(line(offered, "CloudFront", "API, page, downloads").quantity).toBe(272_000);
});

test("each cookie is a call with four reads, and slots make it one more with a write", () => {
  // 36,000,000 s / 180 s, and two calls a play
  expect(line(small, "API Gateway", "mints, beacons and other calls")).toEqual(near(220_000, 0.24));
  expect(line(small, "Lambda", "time of calls")).toEqual(near(11_000, 0.15)); // 100 ms × 0.5 GB
  expect(line(small, "DynamoDB", "reads").quantity).toBe(820_000);
  const slots = bill({ slots: true });
  expect(line(slots, "DynamoDB", "reads").quantity).toBe(1_020_000);
  expect(line(slots, "DynamoDB", "writes")).toEqual({ quantity: 200_000, dollars: 0.125 });
});

test("players' reports are calls without reads, and records that count as 5 KB each", () => {
  const told = bill({ beacons: { everySeconds: 60, sampleShare: 0.5 } });
  // half of 10,000 plays report twice, and once in each of 600,000 minutes
  expect(line(told, "API Gateway", "mints, beacons and other calls").quantity).toBe(220_000 + 310_000);
  expect(line(told, "DynamoDB", "reads").quantity).toBe(820_000);
  expect(line(told, "Firehose", "what players report")).toEqual(near(2.96, 0.09));
  expect(small.lines.filter(({ service }) => service === "Firehose")).toEqual([]);
});

test("real-time logs are paid for by the line, by the stream's hour, and as records of 1 KB and of 5", () => {
  const recorded = bill({ realtimeLogsPercent: 5 });
  const { quantity: segments } = line(small, "CloudFront", "segments");
  const { quantity: manifests } = line(small, "CloudFront", "manifests");
  const lines = (segments + manifests) / 20;
  expect(line(recorded, "CloudFront", "lines of real-time logs").quantity).toBeCloseTo(lines, 6);
  expect(line(recorded, "Kinesis", "stream of real-time logs")).toEqual(near(730, 29.2));
  for (const [service, what, bytes] of [
    ["Kinesis", "real-time logs taken in", 1024],
    ["Kinesis", "real-time logs read by Firehose", 1024],
    ["Firehose", "real-time logs", 5120],
  ] as const) {
    expect(line(recorded, service, what).quantity).toBeCloseTo((lines * bytes) / 1024 ** 3, 6);
  }
  expect(small.lines.filter(({ what }) => what.includes("real-time"))).toEqual([]);
});

test("people who sign in are paid for where the stack has the user pool, by its tier", () => {
  expect(line(small, "Cognito", "people who signed in")).toEqual(near(1_000, 15));
  expect(line(bill({ userPool: "lite" }), "Cognito", "people who signed in")).toEqual(near(1_000, 5.5));
  expect(bill({ userPool: undefined }).lines.filter(({ service }) => service === "Cognito")).toEqual([]);
});

test("bot control is a subscription and a price for each call of the API", () => {
  const bots = bill({ firewall: { acls: 1, rules: 7, groups: 1, botControl: true } });
  expect(line(bots, "WAF", "bot control")).toEqual(near(1, 10));
  expect(line(bots, "WAF", "requests under bot control")).toEqual(near(220_000, 0.22));
});

test("without Origin Shield nothing is counted by it", () => {
  expect(bill({ originShield: false }).lines.filter(({ what }) => what === "Origin Shield")).toEqual([]);
});

test("idle is what stands there: firewall 12, keys 5, secrets 0.80, alarms 0.40, and six cents of the clock", () => {
  // 43,800 calls: 0.0088 and 1,095 GB-s 0.0146; reads 0.0055; logs 0.0418 GB 0.0238 and 0.1236 GB-months 0.0037
  expect(small.idle).toBeCloseTo(12 + 5 + 0.8 + 0.4 + 0.0564, 3);
});

test("preparing all titles is told beside the total: 6,000 minutes of each, 180,000 segments", () => {
  // 72 + 144, and writes 0.90 and transitions 1.80
  expect(small.catalogueOnce).toBeCloseTo(218.7, 6);
  expect(bill({}, { titles: 0, hours: 0 }).catalogueOnce).toBe(0);
});

test("calls are traced where the stack says so", () => {
  // all of 220,000 + 43,800 + 20, and with many viewers one a second and 5 % of the rest
  expect(line(bill({ traced: true }), "X-Ray", "traces")).toEqual(near(263_820, 1.32));
  // 22,000,000 + 43,820 calls in 2,628,000 seconds
  expect(line(bill({ traced: true }, { viewers: 100_000 }), "X-Ray", "traces").quantity).toBeCloseTo(3_598_791, 0);
});
