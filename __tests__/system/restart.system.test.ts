import { type AddressInfo, createServer, type Server } from "node:net";
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
  const { holder, port } = await heldPort();
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

/** A port that is taken while the next one, the gateway's, is free. */
async function heldPort(): Promise<{ holder: Server; port: number }> {
  for (;;) {
    const holder = await listening(0);
    const { port } = holder.address() as AddressInfo;
    const next = await listening(port + 1).catch(() => undefined);
    if (next) {
      await new Promise((closed) => next.close(closed));
      return { holder, port };
    }
    holder.close();
  }
}

function listening(port: number): Promise<Server> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server));
  });
}
