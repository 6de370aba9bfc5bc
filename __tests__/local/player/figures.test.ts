import { bufferAhead } from "../../../local/player/buffer";
import { NO_REQUESTS, tally } from "../../../local/player/edge-tally";
import { bitrate, duration, seconds, since } from "../../../local/player/format";
import { createJournal } from "../../../local/player/journal";
import { bestFirst, change, label, lines, share } from "../../../local/player/rendition";
import { sparkline } from "../../../local/player/sparkline";

const rendition = (width: number, height: number, bits: number) => ({ id: `${height}`, width, height, bitrate: bits });

describe("figures", () => {
  test.each([
    [undefined, "–"],
    [0, "–"],
    [Number.NaN, "–"],
    [400_000, "400 kbit/s"],
    [999_499, "999 kbit/s"],
    [999_500, "1.0 Mbit/s"],
    [5_040_000, "5.0 Mbit/s"],
    [129_400_000, "129 Mbit/s"],
  ])("bitrate %s is %s", (bits, text) => expect(bitrate(bits)).toBe(text));

  test.each([
    [0, "0:00"],
    [59.6, "1:00"],
    [3723, "1:02:03"],
  ])("duration %s is %s", (total, text) => expect(duration(total)).toBe(text));

  test("moments and lengths", () => {
    expect([since(400), since(59_900), since(60_000), since(125_900)]).toEqual(["+0.4 s", "+59.9 s", "+1:00", "+2:05"]);
    expect([seconds(12.34), seconds(undefined), seconds(Number.NaN)]).toEqual(["12.3 s", "–", "–"]);
  });
});

describe("renditions", () => {
  const [low, high] = [rendition(426, 240, 4e5), rendition(1280, 720, 3e6)];

  test("are named by their short side, so that portrait ones are too", () => {
    expect([lines(high), lines(rendition(720, 1280, 3e6)), lines(rendition(0, 480, 1))]).toEqual([720, 720, 480]);
    expect([label(high), label(rendition(0, 0, 96_000))]).toEqual(["720p · 3.0 Mbit/s", "96 kbit/s"]);
  });

  test("are listed best first, equals by bitrate, the original untouched", () => {
    const all = [low, rendition(1280, 720, 2e6), high];
    expect(bestFirst(all).map((each) => each.bitrate)).toEqual([3e6, 2e6, 4e5]);
    expect(all[0]).toBe(low);
  });

  test("changes are told by size, and by bitrate where sizes are equal", () => {
    expect(change(low, high)).toBe("240p → 720p");
    expect(change(rendition(1280, 720, 2e6), high)).toBe("720p · 2.0 Mbit/s → 720p · 3.0 Mbit/s");
  });

  test("bars show the square root of the share", () => {
    expect([share(high, [low, high]), share(rendition(1, 1, 750_000), [high])]).toEqual([1, 0.5]);
  });
});

describe("the buffer", () => {
  const ranges = (...pairs: [number, number][]) => ({
    length: pairs.length,
    start: (index: number) => pairs[index]?.[0] ?? Number.NaN,
    end: (index: number) => pairs[index]?.[1] ?? Number.NaN,
  });

  test.each([
    ["nothing", ranges(), 5, 0],
    ["one range", ranges([0, 10]), 4, 6],
    ["what lies behind", ranges([0, 3]), 4, 0],
    ["a gap that engines play over", ranges([0, 5], [5.05, 9]), 4, 5],
    ["a gap that they do not", ranges([0, 5], [6, 9]), 4, 1],
    ["a range that begins a hair later", ranges([0.08, 8]), 0, 8],
  ])("ahead of the picture: %s", (_name, given, time, expected) =>
    expect(bufferAhead(given, time)).toBeCloseTo(expected),
  );
});

describe("the edge's answers", () => {
  test.each([
    [200, "Hit from cloudfront", { hits: 1 }],
    [200, "RefreshHit from cloudfront", { hits: 1 }],
    [206, "Miss from cloudfront", { misses: 1 }],
    [403, "Error from cloudfront", { denied: 1 }],
    [403, null, { denied: 1 }],
    [404, "Miss from cloudfront", {}],
    [200, null, {}],
  ])("%i %s counts as %j", (status, xCache, counted) => {
    expect(tally(NO_REQUESTS, status, xCache)).toEqual({ ...NO_REQUESTS, ...counted });
  });
});

test("the journal keeps the newest entries, with the time since it began", () => {
  let now = 1000;
  const heard: string[] = [];
  const journal = createJournal(
    () => now,
    ({ text }) => heard.push(text),
    2,
  );
  for (const text of ["a", "b", "c"]) {
    now += 500;
    journal.add("mint", text);
  }
  expect(journal.entries).toEqual([
    { at: 1000, kind: "mint", text: "b" },
    { at: 1500, kind: "mint", text: "c" },
  ]);
  expect(heard).toEqual(["a", "b", "c"]);
});

test("the curve ends at the right edge, and its area at the ground", () => {
  expect(sparkline([1], 5, 100, 10)).toEqual({ line: "", area: "" });
  expect(sparkline([0, 1], 5, 100, 11)).toEqual({ line: "M75 11L100 1", area: "M75 11L100 1L100 11L75 11Z" });
});
