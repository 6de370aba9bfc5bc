import { GetObjectCommand, ListObjectsV2Command, S3Client } from "@aws-sdk/client-s3";
import { gunzipSync } from "node:zlib";
import type { BeaconRecord } from "../../handlers/shared/beacon-record";
import type { Running } from "./running";
import { openBrowser, untilPlayer, visit, withBrowser } from "./visit";

/** The stream's buffer here is a second. */
const PATIENCE_MS = 10_000;

/** What a player measures is stored without a trace of who watched, and shown. */
export function viewersExperience(running: () => Running): void {
  withBrowser(
    "in Chromium a playback is measured, told of, stored, and shown among the numbers",
    async () => {
      const { report } = running();
      const begun = new Date().toISOString();
      const browser = await openBrowser();
      try {
        const { page } = browser;
        await visit(page, running(), "viewer@example.com");
        await untilPlayer(page, "playerState", "playing");
        await page.waitForFunction(() => (document.querySelector("video")?.currentTime ?? 0) > 1);
        await page.getByTestId("back").click();
        const ended = await until(async () =>
          (await stored(running())).find(({ event, received_at: at = "" }) => event === "end" && at >= begun),
        );
        const events = (await stored(running())).filter(({ session_id: id }) => id === ended.session_id);
        expect(events.find(({ event }) => event === "start")).toMatchObject({
          event_number: 1,
          asset_id: report.assetId,
          engine: "hls.js",
          country: "NL",
          device: "desktop",
          startup_seconds: expect.closeTo(2, -1),
        });
        expect(events.reduce((sum, { watched_seconds: seconds = 0 }) => sum + seconds, 0)).toBeGreaterThan(0.5);
        expect(ended).toMatchObject({ reason: "left" });
        expect(ended.position_seconds).toBeGreaterThan(0.5);
        expect(JSON.stringify(await stored(running()))).not.toMatch(/@|viewer|127\.0\.0/);
        await page.goto(`${report.aws.endpoint}/quality`);
        await page.getByText("What viewers experience").first().waitFor();
        expect(await page.getByRole("cell", { name: report.assetId }).count()).toBeGreaterThan(1);
        expect(browser.complaints).toEqual([]);
      } finally {
        await browser.close();
      }
    },
    60_000,
  );

  test("whoever sends a beacon says neither from where nor when, and without a token nothing", async () => {
    const { report } = running();
    const session = "0123456789abcdef-forged";
    const send = (headers: Record<string, string>) =>
      fetch(new URL("/api/beacons", report.viewer.app), {
        method: "POST",
        headers: { "cloudfront-viewer-country": "US", "cloudfront-is-smarttv-viewer": "true", ...headers },
        body: JSON.stringify({
          session,
          assetId: report.assetId,
          events: [{ number: 1, event: "error", positionSeconds: 0, code: "FORGED" }],
        }),
      });
    expect((await send({})).status).toBe(401);
    expect((await send({ authorization: `Bearer ${report.tokens.other}` })).status).toBe(202);
    const kept = await until(async () => (await stored(running())).find(({ session_id: id }) => id === session));
    expect(kept).toMatchObject({ code: "FORGED", country: "NL", device: "desktop", sample_share: 1 });
    expect(Math.abs(Date.parse(kept.received_at ?? "") - Date.now())).toBeLessThan(PATIENCE_MS * 2);
  }, 30_000);
}

/** Every beacon of the log bucket, as an operator reads them. */
async function stored({ report }: Running): Promise<BeaconRecord[]> {
  const { endpoint, region, accessKeyId, secretAccessKey, sourceBucket } = report.aws;
  const credentials = { accessKeyId, secretAccessKey };
  const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
  try {
    const Bucket = sourceBucket.replace("source", "logs");
    const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix: "beacons/" }));
    const texts = await Promise.all(
      Contents.map(async ({ Key }) => {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        return gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString("utf8");
      }),
    );
    const lines = texts.flatMap((text) => text.trim().split("\n"));
    return lines.map((line) => JSON.parse(line) as BeaconRecord);
  } finally {
    client.destroy();
  }
}

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`nothing was found within ${PATIENCE_MS / 1000} s`);
    await new Promise((wait) => setTimeout(wait, 250));
  }
}
