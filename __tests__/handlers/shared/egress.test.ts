import { type Endpoint, egressState, playbackOf } from "../../../handlers/shared/egress";

const HOST = "https://abc.egress.mediapackage-vod.eu-west-1.amazonaws.com";
const endpoint = (
  protocol: string,
  status: string,
  url = `${HOST}/out/v1/asset1/${protocol}2/m3/index.m3u8`,
): Endpoint => ({
  configurationId: `prod-${protocol}-v1`,
  status,
  url,
});

test.each([
  [[], "waiting"],
  [["PLAYABLE", "PROCESSING"], "waiting"],
  [["PLAYABLE", "QUEUED"], "waiting"],
  [["PLAYABLE", ""], "waiting"],
  [["PLAYABLE", "PLAYABLE"], "playable"],
  [["PLAYABLE", "FAILED"], "failed"],
])("endpoints %j are %s", (statuses, state) => {
  expect(egressState(statuses.map((status) => endpoint("hls", status)))).toBe(state);
});

test("addresses are the egress paths without /out, by protocol, under the asset's hash", () => {
  const dash = endpoint("dash", "PLAYABLE", `${HOST}/out/v1/asset1/d2/m3/index.mpd`);
  expect(playbackOf([endpoint("hls", "QUEUED"), dash, endpoint("cmaf", "QUEUED")])).toEqual({
    prefix: "asset1",
    hls: "/v1/asset1/hls2/m3/index.m3u8",
    dash: "/v1/asset1/d2/m3/index.mpd",
    cmaf: "/v1/asset1/cmaf2/m3/index.m3u8",
  });
});

test("an environment's name is not taken for a protocol", () => {
  const named = { ...endpoint("dash", "PLAYABLE"), configurationId: "hls-dash-v12" };
  expect(playbackOf([named])).toEqual({ prefix: "asset1", dash: "/v1/asset1/dash2/m3/index.m3u8" });
});

test.each([
  ["no endpoint", []],
  ["no address yet", [endpoint("hls", "QUEUED", "")]],
  ["an address that is not MediaPackage's", [endpoint("hls", "PLAYABLE", `${HOST}/v1/x/y`)]],
  ["an unknown protocol", [{ ...endpoint("hls", "PLAYABLE"), configurationId: "prod-mss-v1" }]],
])("%s gives no playback", (_, endpoints) => expect(playbackOf(endpoints)).toBeUndefined());
