import { get } from "../../local/viewer/viewer";
import { Operator } from "./operator";
import { runScript } from "./run-script";
import type { Running } from "./running";

/** An operator takes the title off the air while a viewer holds a good cookie for it, and puts it back. */
export function takedown(running: () => Running): void {
  const titles = (...args: string[]) => runScript("titles", "local", ...args, "--state", running().state);

  test("a withdrawn title is refused at once: by the mint, and, with --now, under a cookie that is good still", async () => {
    const { report } = running();
    const { assetId } = report;
    const operator = new Operator(report);
    const { hls = "", cookie } = await operator.watch();
    const status = async (address: string) => (await get(address, cookie)).status;
    const mint = async () => {
      const headers = { authorization: `Bearer ${report.tokens.entitled}` };
      return (await fetch(report.viewer.play, { method: "POST", headers })).status;
    };
    const title = await operator.find(assetId);
    const poster = new URL(title?.poster ?? "", report.viewer.app).href;

    expect(await titles("withdraw", assetId)).toMatchObject({ code: 0 });
    expect([await mint(), await status(hls)]).toEqual([403, 200]);

    const now = await titles("withdraw", assetId, "--now");
    expect([now.code, now.printed]).toEqual([
      0,
      expect.stringContaining("blocked: the firewall refuses all its paths"),
    ]);
    const refused = await get(hls, cookie);
    expect([refused.status, refused.body.toString("utf8")]).toEqual([403, expect.stringContaining("Request blocked")]);
    expect([await status(hls.replace("/v1/", "/%761/")), await status(poster)]).toEqual([403, 403]);
    expect(await titles("blocked")).toEqual({ code: 0, printed: `${assetId}\n` });

    const back = await titles("publish", assetId);
    expect([back.code, back.printed]).toEqual([0, expect.stringContaining(`published: ${assetId}`)]);
    expect([await mint(), await status(hls), await status(poster)]).toEqual([200, 200, 200]);
    operator.close();
  }, 60_000);

  test("an id that is no title's is refused, with what to do", async () => {
    const { code, printed } = await titles("withdraw", "nothing-0123456789ab", "--now");
    expect([code, printed]).toEqual([
      1,
      "nothing-0123456789ab: the catalogue has no such title; the ids are in GET /api/titles and in the catalogue\n",
    ]);
  });
}
