import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import { H264, makeVideo, picture } from "./media";
import { Operator } from "./operator";
import { once, start } from "./running";

const tiny = (name: string): string => makeVideo(name, ...picture("426x240", 1), ...H264);

test("Ctrl-C stops cleanly, and the next start still has the titles, the viewers and the keys", async () => {
  const first = await start(["--video", tiny("monday.mp4")]);
  expect(await first.interrupt()).toBe(0);
  const second = await start(["--video", tiny("tuesday.mp4")], first.state);
  const operator = new Operator(second.report);
  try {
    const playback = await operator.watch(first.report.assetId);
    expect(playback.hls).toContain("/index.m3u8");
    expect(second.report.aws.secretAccessKey).toBe(first.report.aws.secretAccessKey);
    const busy = await once(["--video", tiny("wednesday.mp4")], first.state);
    expect([busy.code, busy.printed.trim().split("\n").at(-1)]).toEqual([
      1,
      expect.stringMatching(/^the state directory .* is in use: another platform runs on it/),
    ]);
  } finally {
    operator.close();
    await second.stop();
  }
}, 120_000);

test("a port that is taken gives one clear line and a failed report", async () => {
  const holder = createServer();
  await new Promise<void>((listening) => holder.listen(0, "127.0.0.1", listening));
  const { port } = holder.address() as AddressInfo;
  const { code, printed, report } = await once(["--video", tiny("port.mp4"), "--port", String(port)]);
  holder.close();
  const line = `port ${port} of 127.0.0.1 is in use: stop what listens there, or choose another with --port N (0: any)`;
  expect([code, printed.trim().split("\n").at(-1)]).toEqual([1, line]);
  expect(report).toMatchObject({ status: "failed", reason: line });
}, 60_000);

test("a video that is not there is named before anything is built", async () => {
  const { code, printed } = await once(["--video", "no-such.mp4"]);
  expect([code, printed.trim()]).toEqual([1, "--video no-such.mp4: there is no such file"]);
}, 30_000);

test("what fails leaves a readable reason in the report, and the exit code says so", async () => {
  const silence = makeVideo("silence.mp4", "-f", "lavfi", "-i", "anullsrc", "-t", "1", "-c:a", "aac");
  const { code, report } = await once(["--video", silence]);
  expect(code).toBe(1);
  expect(report).toMatchObject({ status: "failed", assetId: expect.stringContaining(basename(silence, ".mp4")) });
  expect((report as { reason: string }).reason).toMatch(/video/i);
}, 60_000);
