import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FailedReport, type ReadyReport, writeReport } from "../../local/report";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vod-report-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const READY: ReadyReport = {
  status: "ready",
  assetId: "sample-0123456789ab",
  topology: "mediapackage",
  viewer: { app: "http://127.0.0.1:1/app/", play: "p", hls: "h", dash: "d", cmaf: "c" },
  tokens: { entitled: "e", other: "o", editor: "d" },
  aws: {
    endpoint: "http://127.0.0.1:2",
    region: "eu-west-1",
    accessKeyId: "a",
    secretAccessKey: "s",
    sourceBucket: "b",
    packagedBucket: "c",
    uploadPrefix: "uploads/",
  },
  stages: [{ name: "ingest", ms: 12 }],
  edge: { requests: 3, hits: 1, misses: 1, denied: 1 },
};
const FAILED: FailedReport = {
  status: "failed",
  reason: "no ffmpeg",
  topology: "direct",
  stages: [],
  edge: { requests: 0, hits: 0, misses: 0, denied: 0 },
};

test("a report is JSON for its owner alone, in a folder that is made, with nothing else beside it", async () => {
  const file = join(folder, "made", "on", "the", "way", "r.json");
  await writeReport(file, READY);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(READY);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(file, ".."))).toEqual(["r.json"]);
});

test("a report takes the place of an older one", async () => {
  const file = join(folder, "r.json");
  await writeReport(file, READY);
  await writeReport(file, FAILED);
  expect(readFileSync(file, "utf8")).toBe(`${JSON.stringify(FAILED, null, 2)}\n`);
});

test("a reader never sees half a report: the file is another one, not the old one written over", async () => {
  const file = join(folder, "r.json");
  await writeReport(file, READY);
  const before = statSync(file).ino;
  await writeReport(file, FAILED);
  expect(statSync(file).ino).not.toBe(before);
});

test("a folder in the file's place is refused, and nothing is left behind", async () => {
  const file = join(folder, "r.json");
  mkdirSync(file);
  await expect(writeReport(file, READY)).rejects.toEqual(
    new Error(`the report cannot be written to ${file}: it is a folder, name a file`),
  );
  expect(readdirSync(folder)).toEqual(["r.json"]);
});

test("a file where a folder should be is named as the cause", async () => {
  writeFileSync(join(folder, "file"), "");
  const file = join(folder, "file", "r.json");
  await expect(writeReport(file, READY)).rejects.toEqual(
    new Error(`the report cannot be written to ${file}: a part of the path is a file, not a folder`),
  );
});

const asRoot = process.getuid?.() === 0;
(asRoot ? test.skip : test)("a folder that is not ours is named as the cause", async () => {
  chmodSync(folder, 0o500);
  const file = join(folder, "r.json");
  await expect(writeReport(file, READY)).rejects.toEqual(
    new Error(`the report cannot be written to ${file}: permission denied`),
  );
});
