import { mergeWebVtt, parseWebVtt, rebaseWebVtt, writeWebVtt } from "../../../local/media/webvtt";

const SEGMENT = `WEBVTT
X-TIMESTAMP-MAP=MPEGTS:133200,LOCAL:00:00:00.000

STYLE
::cue { color: lime }

NOTE not shown

intro
00:01.500 --> 00:02.500 align:start
Two
lines

01:00:00.000 --> 01:00:01.000
Late
`;

describe("WebVTT", () => {
  it("is read with its clock, styles, ids, settings and lines, comments left out", () => {
    expect(parseWebVtt(SEGMENT, "a.vtt")).toEqual({
      anchor: { mpegts: 133_200, local: 0 },
      definitions: ["STYLE\n::cue { color: lime }"],
      cues: [
        { id: "intro", start: 1500, end: 2500, settings: "align:start", text: "Two\nlines" },
        { start: 3_600_000, end: 3_601_000, settings: "", text: "Late" },
      ],
    });
  });

  it("is written as it is read, with full times", () => {
    const file = parseWebVtt(SEGMENT, "a.vtt");
    expect(parseWebVtt(writeWebVtt(file), "b.vtt")).toEqual(file);
    expect(writeWebVtt(file)).toContain(
      "intro\n00:00:01.500 --> 00:00:02.500 align:start\nTwo\nlines\n\n01:00:00.000 -->",
    );
  });

  it("is refused when it is something else", () => {
    expect(() => parseWebVtt("1\n00:00:01,000 --> 00:00:02,000\nsrt", "a.vtt")).toThrow(
      "a.vtt is not WebVTT: it does not begin with WEBVTT",
    );
  });

  it("follows media whose times were moved to 0", () => {
    const file = parseWebVtt(SEGMENT, "a.vtt");
    expect(rebaseWebVtt(file, 126_000).anchor).toEqual({ mpegts: 7200, local: 0 });
    expect(rebaseWebVtt(file, 142_200).anchor).toEqual({ mpegts: 0, local: 100 });
  });

  it("becomes one file in presentation time, each cue once and in order", () => {
    const cue = (start: number, end: number, text: string) => ({ start, end, settings: "", text });
    const anchor = { mpegts: 133_200, local: 0 };
    const first = { anchor, definitions: ["STYLE x"], cues: [cue(1500, 2500, "across"), cue(-900, -100, "before")] };
    const second = { anchor, definitions: ["STYLE x"], cues: [cue(3000, 3500, "second"), cue(1500, 2500, "across")] };
    expect(mergeWebVtt([second, first], 133_200 - 45_000)).toEqual({
      definitions: ["STYLE x"],
      cues: [cue(0, 400, "before"), cue(2000, 3000, "across"), cue(3500, 4000, "second")],
    });
  });
});
