import { appendFileSync, readFileSync, statSync } from "node:fs";
import type { Browser } from "./browser";
import { AAC, H264, makeVideo, picture, sound } from "./media";
import type { Running } from "./running";
import { openBrowser, signIn, withBrowser } from "./visit";

const MIB = 1024 * 1024;

/** A small film followed by nothing of interest, so that it takes three parts. */
function largeVideo(name: string): string {
  const file = makeVideo(name, ...picture("320x180", 2), ...sound(2), ...H264, ...AAC);
  const filler = Buffer.alloc(24 * MIB);
  filler.writeUInt32BE(filler.length, 0);
  filler.write("free", 4, "latin1"); // a box that players skip
  appendFileSync(file, filler);
  return file;
}

interface Upload {
  readonly uploadId: string;
  readonly assetId: string;
  readonly key: string;
  readonly received: readonly { readonly number: number; readonly size: number }[];
  readonly parts: readonly { readonly number: number; readonly size: number; readonly url: string }[];
}

const callsOf =
  (running: () => Running) =>
  (path: string, token: string, init: RequestInit = {}) =>
    fetch(new URL(path, running().report.viewer.app), {
      ...init,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    });

/** Producers upload by the API, straight into the store. */
export function uploads(running: () => Running): void {
  const api = callsOf(running);

  test("a viewer without the role may not upload", async () => {
    const { entitled } = running().report.tokens;
    const body = JSON.stringify({ name: "mine.mp4", size: 1 });
    const answer = await api("/api/uploads", entitled, { method: "POST", body });
    expect([answer.status, await answer.json()]).toEqual([
      403,
      { error: "ROLE_REQUIRED", message: "Uploading takes the role of a producer or an editor." },
    ]);
  });

  test("an upload that is cancelled is gone, and one that replaces a title stands in its place", async () => {
    const { report } = running();
    const begin = async (more: object) => {
      const body = JSON.stringify({ name: "other.mp4", size: 10, ...more });
      const answer = await api("/api/uploads", report.tokens.editor, { method: "POST", body });
      return (await answer.json()) as { uploadId: string; assetId: string; key: string };
    };
    const { uploadId, assetId, key } = await begin({ replaces: report.assetId });
    expect([assetId, key]).toEqual([report.assetId, expect.stringMatching(/^uploads\/the-whole-way-.+\.mp4$/)]);
    const at = `/api/uploads/${uploadId}`;
    expect((await api(at, report.tokens.editor, { method: "DELETE" })).status).toBe(200);
    const body = JSON.stringify({ size: 10 });
    const late = await api(`${at}/complete`, report.tokens.editor, { method: "POST", body });
    expect([late.status, await late.json()]).toEqual([404, expect.objectContaining({ error: "UPLOAD_NOT_FOUND" })]);
  });

  test("a file that is sent in parts is seen on asking again, put together, and becomes a title", async () => {
    const { editor } = running().report.tokens;
    const video = readFileSync(makeVideo("by-an-app.mp4", ...picture("320x180", 1), ...H264));
    const asked = async (path: string, init?: RequestInit) => (await (await api(path, editor, init)).json()) as Upload;
    const started = await asked("/api/uploads", {
      method: "POST",
      body: JSON.stringify({ name: "by-an-app.mp4", size: video.length }),
    });
    const list = (await (await api("/api/uploads", editor)).json()) as { items: Upload[] };
    expect(list.items.map(({ uploadId }) => uploadId)).toEqual([started.uploadId]);
    expect(started.parts.map(({ number, size }) => [number, size])).toEqual([[1, video.length]]);
    const sent = await fetch(started.parts[0]?.url ?? "", { method: "PUT", body: new Uint8Array(video) });
    expect(sent.status).toBe(200);
    const at = `/api/uploads/${started.uploadId}`;
    const resumed = await asked(`${at}?size=${video.length}`);
    expect([resumed.parts, resumed.received]).toEqual([[], [{ number: 1, size: video.length }]]);
    const complete = { method: "POST", body: JSON.stringify({ size: video.length }) };
    expect((await api(`${at}/complete`, editor, complete)).status).toBe(200);
    await until(async () => {
      const titles = (await (await api("/api/titles", editor)).json()) as { items: { assetId: string }[] };
      return titles.items.some(({ assetId }) => assetId === started.assetId);
    });
    const gone = await api(`/api/titles/${started.assetId}/withdraw`, editor, { method: "POST" });
    expect(gone.status).toBe(200); // the list is as it was
  }, 60_000);
}

/** An editor uploads from the page. */
export function uploadFromThePage(running: () => Running): void {
  const api = callsOf(running);
  let browser: Browser | undefined;

  afterEach(() => browser?.close());

  withBrowser(
    "in Chromium an editor's upload is interrupted by a reload, goes on where it stood, and becomes a title",
    async () => {
      const video = largeVideo("from-the-page.mp4");
      browser = await openBrowser();
      const { page, complaints } = browser;
      await signIn(page, running(), "editor@example.com");
      await page.getByTestId("uploads-link").click();

      // The line is as if cut after the first part.
      await page.route(/[?&]partNumber=([2-9]|\d\d)/, () => undefined);
      const first = page.waitForResponse((response) => /[?&]partNumber=1(&|$)/.test(response.url()));
      await page.getByTestId("upload-file").setInputFiles(video);
      expect((await first).status()).toBe(200);
      await page
        .getByTestId("upload-status")
        .getByText(/^Sending, [1-9]/)
        .waitFor();
      await page.getByTestId("upload-pause").click();
      await page
        .getByTestId("upload-status")
        .getByText(/^Paused/)
        .waitFor();
      await page.unrouteAll({ behavior: "ignoreErrors" });
      await page.reload();

      const sent: string[] = [];
      page.on("request", (request) => {
        if (request.method() === "PUT") sent.push(new URL(request.url()).searchParams.get("partNumber") ?? "");
      });
      await page.getByTestId("sign-in").click(); // the browser is known: no password
      await page.getByTestId("unfinished").getByText("from-the-page.mp4").waitFor();
      await page.getByTestId("upload-file").setInputFiles(video);
      await page.getByTestId("upload-status").getByText("Uploaded.").waitFor({ timeout: 30_000 });
      expect(sent.sort()).toEqual(["2", "3"]);
      expect(await page.evaluate(() => localStorage.length)).toBe(0);

      await page.getByTestId("upload-title").click();
      await page.getByTestId("watch").waitFor();
      const assetId = new URL(page.url()).hash.replace("#/watch/", "");
      await until(async () => {
        const list = await api("/api/titles", running().report.tokens.editor);
        return ((await list.json()) as { items: { assetId: string }[] }).items.some((item) => item.assetId === assetId);
      });
      await page.reload();
      await page.getByTestId("sign-in").click();
      await page.waitForFunction(() => document.documentElement.dataset.playerState === "playing");
      expect(statSync(video).size).toBeGreaterThan(22 * MIB);
      // The page's policy refused nothing; while the title was being prepared its mint may have said 409.
      expect(complaints.filter((complaint) => !complaint.includes("409 (Conflict)"))).toEqual([]);
    },
    120_000,
  );
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((wait) => setTimeout(wait, 300));
}
