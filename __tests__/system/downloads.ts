import { statSync } from "node:fs";
import type { Browser } from "./browser";
import { decode } from "./media";
import type { Operator } from "./operator";
import type { Running } from "./running";
import { openBrowser, visit, withBrowser } from "./visit";

/** The single file beside the ladder: who may keep it, and what opens it. */
export function downloads(running: () => Running, operator: () => Operator, frames: number): void {
  let browser: Browser | undefined;

  afterEach(() => browser?.close());

  const ask = async (token: string) => {
    const { report } = running();
    const path = `/api/titles/${report.assetId}/download`;
    const headers = { authorization: `Bearer ${token}` };
    const response = await fetch(new URL(path, report.viewer.app), { method: "POST", headers });
    return [response.status, await response.json()] as [number, { url: string; error?: string }];
  };
  const addressOf = async (token: string) => new URL((await ask(token))[1].url, running().report.viewer.app);

  test("the file's signed address opens the file, whole, and no other", async () => {
    const address = await addressOf(running().report.tokens.entitled);
    const decoded = decode(address.href, "", "0:v:0");
    expect([decoded.complaints, decoded.frames]).toEqual(["", frames]);
    const ranged = await fetch(address, { headers: { range: "bytes=0-9" } });
    expect([ranged.status, ranged.headers.get("content-type")]).toEqual([206, "video/mp4"]);
    const other = new URL(address);
    other.pathname = other.pathname.replace(/\.mp4$/, "x.mp4");
    const bare = new URL(address.pathname, address);
    const altered = new URL(address);
    altered.searchParams.set("Policy", `${altered.searchParams.get("Policy")?.slice(0, -1)}A`);
    for (const each of [other, bare, altered]) expect((await fetch(each)).status).toBe(403);
  });

  test("the cookie that plays a title does not open its file", async () => {
    const { cookie } = await operator().watch();
    const { pathname } = await addressOf(running().report.tokens.entitled);
    const address = new URL(pathname, running().report.viewer.app);
    expect((await fetch(address, { headers: { cookie } })).status).toBe(403);
  });

  test("downloading takes an entitlement of its own, beside that to watch", async () => {
    const { editor, other } = running().report.tokens;
    expect(await ask(editor)).toEqual([403, expect.objectContaining({ error: "DOWNLOAD_NOT_INCLUDED" })]);
    expect(await ask(other)).toEqual([403, expect.objectContaining({ error: "SUBSCRIPTION_REQUIRED" })]);
  });

  withBrowser(
    "in Chromium the page keeps the file for who may have it, and tells who may not",
    async () => {
      const open = async (username: string) => {
        browser = await openBrowser();
        await visit(browser.page, running(), username);
        return browser.page;
      };
      const page = await open("viewer@example.com");
      const saved = page.waitForEvent("download");
      await page.getByTestId("download").click();
      const download = await saved;
      expect(download.suggestedFilename()).toMatch(/\.mp4$/);
      expect(statSync(await download.path()).size).toBeGreaterThan(10_000);
      await browser?.close();
      const refused = await open("editor@example.com");
      await refused.getByTestId("download").click();
      await refused.getByTestId("download-problem").getByText("You may watch, but not download").waitFor();
    },
    60_000,
  );
}
