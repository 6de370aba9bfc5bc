import { once } from "../system/running";

/** The 20-second sample, made on the spot, from a start with nothing: what a newcomer sees. */
test.each([
  ["mediapackage", "HLS 5 renditions, 25 segments, 20.0 s"],
  ["direct", "HLS 6 renditions, 36 segments, 20.0 s"], // five of video, and audio by itself
])(
  "npm start -- --once plays the sample in topology %s",
  async (topology, hls) => {
    const began = Date.now();
    const { code, printed, report } = await once(["--topology", topology]);
    console.log(`${topology}: ${((Date.now() - began) / 1000).toFixed(1)} s in all; ${JSON.stringify(report?.stages)}`);
    expect([code, report]).toEqual([0, expect.objectContaining({ status: "ready", topology })]);
    expect(printed).toContain(hls);
    expect(printed).toContain("DASH 6 renditions, 36 segments, 20.0 s");
  },
  300_000,
);
