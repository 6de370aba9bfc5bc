import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Operator } from "./operator";
import type { Running } from "./running";

/** Alarms are looked at every five seconds. */
const PATIENCE_MS = 30_000;

/** What a run leaves behind for operators: alarms that ring for a reason, and logs that hold no secret. */
export function whatWasNoted(running: () => Running, operator: () => Operator): void {
  test("no alarm rang for what a title and its viewers did", () => {
    expect(rung(running().state)).toEqual([]);
  });

  test("an upload that is no video and a crowd without a subscription ring the alarms that say so", async () => {
    const { report, state } = running();
    await operator().put("no-video.mp4", "This is no film.");
    const headers = { authorization: `Bearer ${report.tokens.other}` };
    for (let ask = 0; ask < 40; ask += 1) await fetch(report.viewer.play, { method: "POST", headers });
    const wanted = ["vod-mint-refusals-local", "vod-titles-failed-local"];
    const until = Date.now() + PATIENCE_MS;
    while (rung(state).length < wanted.length && Date.now() < until) await new Promise((wait) => setTimeout(wait, 500));
    expect(rung(state).sort()).toEqual(wanted);
    expect(alarmLines(state)[0]).toMatchObject({ description: expect.stringContaining("Runbook: docs/runbook.md#") });
  }, 60_000);

  test("a version is followed by one id from its upload until it is playable", () => {
    const { state, report } = running();
    const lines = logFiles(state).flatMap((file) => readFileSync(file, "utf8").trim().split("\n")).map((line) => JSON.parse(line) as { message: Record<string, unknown> }); // prettier-ignore
    const codes = new Map<unknown, unknown[]>();
    for (const { message } of lines) {
      if (message.assetId !== report.assetId || message.correlationId === undefined) continue;
      codes.set(message.correlationId, [...(codes.get(message.correlationId) ?? []), message.code]);
    }
    const [first] = [...codes.values()];
    expect(first).toEqual(expect.arrayContaining(["UPLOAD_CLAIMED", "JOB_SUBMITTED", "TITLE_READY"]));
  });

  test("nothing that was logged holds a token, a cookie, a key or a password", () => {
    const { state, report } = running();
    const secrets = JSON.parse(readFileSync(join(state, "secrets.json"), "utf8")) as Record<string, string>;
    const values = [...Object.values(secrets), ...Object.values(report.tokens), report.aws.secretAccessKey];
    const texts = noted(state).map((file) => [file, readFileSync(file, "utf8")] as const);
    expect(texts.length).toBeGreaterThan(5);
    for (const [file, text] of texts) {
      const held = values.filter((value) => value.length >= 8 && (text.includes(value) || text.includes(JSON.stringify(value).slice(1, -1)))); // prettier-ignore
      expect([file, held.length]).toEqual([file, 0]);
      expect([file, /CloudFront-(Policy|Signature)=|PRIVATE KEY|\beyJ[\w-]{20,}\.|Bearer [\w-]{20,}/.exec(text)?.[0]]).toEqual([file, undefined]); // prettier-ignore
    }
  });
}

interface AlarmLine {
  readonly alarm: string;
  readonly state: string;
  readonly description: string;
}

function alarmLines(state: string): AlarmLine[] {
  const file = join(state, "cloudwatch", "alarms.jsonl");
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line) as AlarmLine); // prettier-ignore
}

const rung = (state: string): string[] => [
  ...new Set(alarmLines(state).filter((line) => line.state === "ALARM").map(({ alarm }) => alarm)), // prettier-ignore
];

function logFiles(state: string): string[] {
  const folder = join(state, "lambda", "logs");
  return readdirSync(folder).map((name) => join(folder, name));
}

/** Everything that is written for people to read. */
function noted(state: string): string[] {
  const folders = ["lambda/logs", "cloudwatch", "sns"]
    .map((folder) => join(state, folder))
    .filter((folder) => existsSync(folder));
  const files = folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)));
  return [...files, join(state, "calls.jsonl")].filter((file) => statSync(file).isFile());
}
