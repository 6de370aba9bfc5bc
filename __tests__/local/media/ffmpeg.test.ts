import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runFfmpeg } from "../../../local/media/ffmpeg";
import { readableFailure } from "../../../local/media/ffmpeg-failure";
import { findFfmpeg } from "../../../local/media/ffmpeg-find";
import { progressReader } from "../../../local/media/ffmpeg-progress";

describe("ffmpeg", () => {
  let directory: string;
  beforeEach(() => (directory = mkdtempSync(join(tmpdir(), "vod-ffmpeg-"))));
  afterEach(() => rmSync(directory, { recursive: true }));

  const program = (script: string, mode = 0o755) => {
    const path = join(directory, "ffmpeg");
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, mode);
    return path;
  };

  const RECENT = "ffmpeg version 5.1.9-0+deb12u1\nconfiguration: --enable-gpl --enable-libx264";

  it.each([
    ["a recent one with libx264 on the search path", RECENT, "system"],
    ["the packaged program, when the one on the search path is older", RECENT.replace("5.1.9", "4.4.2"), "packaged"],
    [
      "the packaged program, when the one on the search path has no libx264",
      RECENT.replace("libx264", "libvpx"),
      "packaged",
    ],
    ["the packaged program, when the one on the search path does not say what it is", "", "packaged"],
  ])("is %s", (_, description, expected) => {
    const path = program("exit 0");
    const packaged = join(directory, "packaged");
    writeFileSync(packaged, "", { mode: 0o755 });
    const places = {
      cacheDirectory: "/absent",
      searchPath: directory,
      packaged: () => packaged,
      version: () => description,
    };
    expect(findFfmpeg(places)).toBe(expected === "system" ? path : packaged);
  });

  it("is copied to be executable where the package's execute bit is missing", () => {
    const path = program("exit 0", 0o644);
    const cacheDirectory = join(directory, "cache");
    const found = findFfmpeg({ cacheDirectory, searchPath: "", packaged: () => path });
    expect(found.startsWith(cacheDirectory)).toBe(true);
    expect(statSync(found).mode & 0o777).toBe(0o755);
    expect(findFfmpeg({ cacheDirectory, searchPath: "", packaged: () => path })).toBe(found);
  });

  it("is found on the search path where there is no package", () => {
    const path = program("exit 0");
    expect(findFfmpeg({ cacheDirectory: "", searchPath: `/absent:${directory}`, packaged: () => undefined })).toBe(
      path,
    );
  });

  it("is missed in one line that says what to do", () => {
    expect(() => findFfmpeg({ cacheDirectory: "", searchPath: "/absent", packaged: () => undefined })).toThrow(
      new Error(
        "ffmpeg: not found, neither on PATH nor as the optional npm package @ffmpeg-installer/ffmpeg; " +
          "run `npm ci` with optional dependencies, or install ffmpeg 5 or newer with libx264",
      ),
    );
  });

  it("reports its progress and resolves when it ends well", async () => {
    const seconds: number[] = [];
    const script = "echo frame=1; echo out_time=00:00:01.500000; echo out_time=01:01:01.000000; echo progress=end";
    await runFfmpeg({ program: program(script), args: [], onProgress: (value) => seconds.push(value) });
    expect(seconds).toEqual([1.5, 3661]);
  });

  it("fails with the last useful lines of what it said", async () => {
    const path = program(
      'echo "[mov @ 0x1f2e] moov atom not found" >&2; echo "/tmp/x/a b.mp4: Invalid data" >&2; exit 1',
    );
    await expect(runFfmpeg({ program: path, args: [] })).rejects.toMatchObject({
      name: "FfmpegError",
      exitCode: 1,
      message: "moov atom not found; a b.mp4: Invalid data",
    });
  });

  it("is killed when it is aborted, and fails with the reason", async () => {
    const abort = new AbortController();
    const run = runFfmpeg({ program: program("exec sleep 60"), args: [], signal: abort.signal });
    abort.abort(new Error("the job was canceled"));
    await expect(run).rejects.toThrow("the job was canceled");
  });

  it("does not begin when it is already aborted", async () => {
    const signal = AbortSignal.abort(new Error("too late"));
    await expect(runFfmpeg({ program: "/absent", args: [], signal })).rejects.toThrow("too late");
  });
});

describe("ffmpeg's failure", () => {
  it("keeps the last three lines that say something, once each", () => {
    const stderr = "one\ntwo\n[h264 @ 0xab] three\nthree\nfour\nConversion failed!\n";
    expect(readableFailure(stderr, 1)).toBe("two; three; four");
  });

  it("says so when there was no message", () => {
    expect(readableFailure("", 137)).toBe("ffmpeg ended with exit code 137 and no message");
  });
});

describe("ffmpeg's progress", () => {
  it("is read across pieces of any size, without the times it does not know yet", () => {
    const seconds: number[] = [];
    const read = progressReader((value) => seconds.push(value));
    for (const piece of ["out_ti", "me=00:00:0", "2.0\nout_time=N/A\nout_time_ms=5\nout_time=00:00:03", ".25\n"])
      read(piece);
    expect(seconds).toEqual([2, 3.25]);
  });
});
