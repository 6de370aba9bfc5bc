import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { Progress, type ProgressOptions, type StageName } from "../../local/progress";

const ESC = "\u001b";

/** A place to write to, that keeps what was written, and a clock that is set by hand. */
function setup(options: Partial<ProgressOptions> & { tty?: boolean; columns?: number } = {}) {
  const { tty = false, columns, ...rest } = options;
  const out = Object.assign(new PassThrough(), { isTTY: tty, columns });
  const written: string[] = [];
  out.on("data", (chunk: Buffer) => written.push(chunk.toString()));
  const time = { now: 1_000 };
  const progress = new Progress({ out, clock: () => time.now, refreshMs: 0, ...rest });
  return { progress, time, all: () => written.join(""), last: () => written.at(-1) ?? "" };
}

const visible = (frame: string) =>
  stripVTControlCharacters(frame)
    .replace("\r", "")
    .split("\n")
    .map((line) => line.trimEnd());

describe("without a terminal", () => {
  test("there is a line for each thing that happens, a tenth of the transcoding at a time, and no colour", () => {
    const { progress, time, all } = setup();
    progress.note("built");
    progress.start("ingest", "sample.mp4");
    time.now += 400;
    progress.done("ingest");
    progress.start("transcode");
    progress.update("transcode", { detail: "probing" });
    for (const percent of [0, 4, 9.9, 10, 57, 100]) progress.update("transcode", { percent });
    time.now += 65_000;
    progress.done("transcode", "5 renditions");
    progress.start("package");
    progress.fail("package", "a CMAF source");
    progress.close();
    expect(all()).toBe(
      [
        "built",
        "ingest     started: sample.mp4",
        "ingest     done in 0.4 s: sample.mp4",
        "transcode  started",
        "transcode  probing",
        "transcode  0 %",
        "transcode  10 %",
        "transcode  50 %",
        "transcode  100 %",
        "transcode  done in 1 min 05 s: 5 renditions",
        "package    started",
        "package    FAILED after 0.0 s: a CMAF source",
        "",
      ].join("\n"),
    );
  });

  test("a terminal that cannot move its cursor gets lines too", () => {
    const { progress, all } = setup({ tty: true, dumb: true });
    progress.start("ingest");
    expect(all()).toBe("ingest     started\n");
  });
});

describe("on a terminal", () => {
  test("all stages stand there from the beginning, and are drawn over themselves", () => {
    const { progress, time, last } = setup({ tty: true, columns: 70 });
    progress.start("ingest");
    time.now += 1_234;
    progress.done("ingest", "sample.mp4, 3.2 MB");
    progress.start("transcode");
    progress.update("transcode", { percent: 50, detail: "240p to 1080p" });
    time.now += 300;
    progress.update("transcode", { percent: 50 });
    expect(last().startsWith(`${ESC}[5A\r${ESC}[0J`)).toBe(true);
    expect(visible(last())).toEqual([
      "  ✓ ingest     sample.mp4, 3.2 MB                               1.2 s",
      "  ⠴ transcode  ━━━━━━━━━━━━────────────  50 %  240p to …        0.3 s",
      "  · package",
      "  · entitle",
      "  · deliver",
      "",
    ]);
  });

  test("no line is as wide as the terminal, however long or wide its text", () => {
    const { progress, last } = setup({ tty: true, columns: 60 });
    progress.start("ingest", "映像".repeat(40));
    expect(visible(last())[0]).toBe("  ⠋ ingest     映像映像映像映像映像映像映像映…        0.0 s");
  });

  test("a terminal narrower than the bar has text only", () => {
    const { progress, last } = setup({ tty: true, columns: 50 });
    progress.start("transcode", "probing a long file name");
    progress.update("transcode", { percent: 10 });
    expect(visible(last())[1]).toBe("  ⠋ transcode  probing a long file …        0.0 s");
  });

  test("a note stays above the stages, and control characters in a detail do nothing", () => {
    const { progress, last } = setup({ tty: true });
    progress.start("ingest", `a${ESC}[2Jb\nc\u0007d`);
    expect(visible(last())[0]).toMatch(/ingest {5}ab c d /);
    progress.note("one thing");
    expect(visible(last())[0]).toBe("one thing");
    expect(visible(last())).toHaveLength(7);
  });

  test("the cursor is hidden while it runs and shown again, once, however often it is closed", () => {
    const { progress, all } = setup({ tty: true });
    expect(all().startsWith(`${ESC}[?25l`)).toBe(true);
    progress.close();
    progress.close();
    expect(all().split(`${ESC}[?25h`)).toHaveLength(2);
    expect(all().endsWith(`${ESC}[?25h`)).toBe(true);
  });

  test("after closing, notes are plain lines", () => {
    const { progress, last } = setup({ tty: true });
    progress.close();
    progress.note("http://127.0.0.1:8080/app/");
    expect(last()).toBe("http://127.0.0.1:8080/app/\n");
  });

  test("a reason that was cut is told in full at the end", () => {
    const { progress, last } = setup({ tty: true, columns: 60 });
    const reason = `the edge answered 502 for /v1/${"0".repeat(32)}/index.m3u8`;
    progress.start("deliver");
    progress.fail("deliver", reason);
    progress.close();
    expect(last()).toBe(`deliver: ${reason}\n`);
  });

  test("time goes on between events", () => {
    jest.useFakeTimers();
    try {
      const { progress, time, last } = setup({ tty: true, refreshMs: 100 });
      progress.start("ingest");
      time.now += 2_000;
      jest.advanceTimersByTime(100);
      expect(visible(last())[0]).toMatch(/2\.0 s$/);
      progress.close();
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe("colours", () => {
  const painted = (options: Partial<ProgressOptions>) => {
    const { progress, last } = setup({ tty: true, ...options });
    progress.start("ingest");
    progress.done("ingest");
    return last().includes(`${ESC}[32m✓${ESC}[0m`);
  };

  test.each([
    [{}, true],
    [{ noColor: "" }, true],
    [{ noColor: "1" }, false],
  ])("with %j: %s", (options, expected) => {
    expect(painted(options)).toBe(expected);
  });
});

describe("stages", () => {
  test("timings are those of the stages that ended, in their order, in whole milliseconds", () => {
    const { progress, time } = setup();
    progress.start("transcode");
    time.now += 20.4;
    progress.start("ingest");
    time.now += 5;
    progress.fail("transcode", "x");
    progress.done("ingest");
    progress.start("package");
    expect(progress.timings()).toEqual([
      { name: "ingest", ms: 5 },
      { name: "transcode", ms: 25 },
    ]);
  });

  test("a stage runs once, from start to end, and only the five exist", () => {
    const { progress } = setup();
    expect(() => progress.update("ingest", { percent: 1 })).toThrow(
      new Error("ingest is waiting, so it cannot update"),
    );
    progress.start("ingest");
    expect(() => progress.start("ingest")).toThrow(new Error("ingest starts twice"));
    progress.done("ingest");
    expect(() => progress.fail("ingest", "x")).toThrow(new Error("ingest is done, so it cannot end"));
    expect(() => progress.start("operate" as StageName)).toThrow(
      new Error("operate is not a stage: there are ingest, transcode, package, entitle, deliver"),
    );
  });

  test.each([
    [-5, "0 %"],
    [250, "100 %"],
  ])("a percentage of %d is shown as %s", (percent, text) => {
    const { progress, last } = setup();
    progress.start("transcode");
    progress.update("transcode", { percent });
    expect(last()).toBe(`transcode  ${text}\n`);
  });
});
