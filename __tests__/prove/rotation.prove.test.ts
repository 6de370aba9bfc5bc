import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getSignedCookies } from "@aws-sdk/cloudfront-signer";
import { get, type Playback } from "../../local/viewer/viewer";
import { H264, makeVideo, picture } from "../system/media";
import { Operator } from "../system/operator";
import { runScript } from "../system/run-script";
import { start, type Running } from "../system/running";

/** The whole platform through a rotation: the command, the synth, the mint's zip and the edge's gate. */
test("an entitled viewer plays after every step of a rotation, and after the last the old key opens nothing", async () => {
  const args = ["--video", makeVideo("rotation.mp4", ...picture("426x240", 2), ...H264)];
  let running = await start(args);
  const { state } = running;
  const keys = (action: string, name: string) => runScript("keys", action, "local", name, "--state", state);
  const onwards = async (): Promise<void> => {
    await running.interrupt();
    running = await start(args, state);
  };
  try {
    const first = await watch(running);
    expect(first.status).toBe(200);

    expect((await keys("new", "next")).printed).toContain("next.pem is trusted beside the others");
    await onwards();
    const trusted = await watch(running);
    expect([trusted.status, trusted.key]).toEqual([200, first.key]);

    expect(await keys("retire", "local")).toEqual({
      code: 1,
      printed: "local signs, so it cannot be retired: activate next first, and apply that\n",
    });
    expect((await keys("activate", "next")).code).toBe(0);
    await onwards();
    const activated = await watch(running);
    expect(activated.status).toBe(200);
    expect(activated.key).not.toBe(first.key);
    expect((await signedByFirst(running, activated.playback, first.key)).status).toBe(200);

    expect((await keys("retire", "local")).code).toBe(0);
    await onwards();
    const retired = await watch(running);
    expect([retired.status, retired.key]).toEqual([200, activated.key]);
    const refused = await signedByFirst(running, retired.playback, first.key);
    expect([refused.status, refused.body.toString("utf8")]).toEqual([403, expect.stringContaining("Unknown Key")]);
  } finally {
    await running.stop();
  }
}, 300_000);

/** What the mint gives and what the edge makes of it. */
async function watch({ report }: Running): Promise<{ status: number; key: string; playback: Playback }> {
  const operator = new Operator(report);
  const playback = await operator.watch();
  operator.close();
  const key = /CloudFront-Key-Pair-Id=([^;]+)/.exec(playback.cookie)?.[1] ?? "";
  return { status: (await get(playback.hls ?? "", playback.cookie)).status, key, playback };
}

/** The same address under a cookie of now that the first key signed. */
async function signedByFirst({ state }: Running, { hls = "" }: Playback, keyPairId: string) {
  const { signingKey } = JSON.parse(readFileSync(join(state, "secrets.json"), "utf8")) as { signingKey: string };
  const { host, pathname } = new URL(hls);
  const resource = `https://${host}${pathname.split("/").slice(0, 3).join("/")}/*`;
  const condition = { DateLessThan: { "AWS:EpochTime": Math.floor(Date.now() / 1000) + 300 } };
  const policy = JSON.stringify({ Statement: [{ Resource: resource, Condition: condition }] });
  const cookies = getSignedCookies({ keyPairId, privateKey: signingKey, policy, algorithm: "SHA256" });
  return get(
    hls,
    Object.entries(cookies)
      .map(([name, value]) => `${name}=${value}`)
      .join("; "),
  );
}
