import { directPlayback, hlsManifest } from "../../../handlers/register-asset/manifests";

const HLS = "s3://packaged/v1/a-1/index.m3u8";
const DASH = "s3://packaged/v1/a-1/index.mpd";

test("manifests are told apart by suffix, not by position", () => {
  for (const playlists of [
    [HLS, DASH],
    [DASH, HLS],
  ]) {
    expect(hlsManifest(playlists, "packaged")).toEqual({
      ok: true,
      value: { bucket: "packaged", key: "v1/a-1/index.m3u8" },
    });
    expect(directPlayback(playlists, "packaged", "a-1")).toEqual({
      ok: true,
      value: { prefix: "a-1", hls: "/v1/a-1/index.m3u8", dash: "/v1/a-1/index.mpd" },
    });
  }
});

test.each([
  ["no manifest", [], "must include one ending in .m3u8 in s3://packaged/, got none"],
  ["DASH alone", [DASH], `must include one ending in .m3u8 in s3://packaged/, got ${DASH}`],
  ["HLS alone", [HLS], `must include one ending in .mpd in s3://packaged/, got ${HLS}`],
  [
    "another bucket",
    ["s3://other/index.m3u8"],
    "must include one ending in .m3u8 in s3://packaged/, got s3://other/index.m3u8",
  ],
])("%s is refused", (_, playlists, message) => {
  expect(directPlayback(playlists, "packaged", "a-1")).toEqual({
    ok: false,
    problem: { stage: "transcode", code: "NO_MANIFEST", reason: `MediaConvert's manifests ${message}` },
  });
});
