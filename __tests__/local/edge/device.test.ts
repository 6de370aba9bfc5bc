import { deviceHeader } from "../../../local/edge/device";

const HEADERS = ["smarttv", "tablet", "mobile", "desktop"].map((kind) => `cloudfront-is-${kind}-viewer`);

test.each([
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0 Safari/537.36", ["desktop"]],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1", ["mobile"]],
  ["Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130.0 Mobile Safari/537.36", ["mobile"]],
  ["Mozilla/5.0 (iPad; CPU OS 12_0 like Mac OS X) Version/12.0 Mobile/15E148 Safari/604.1", ["tablet", "mobile"]],
  ["Mozilla/5.0 (Linux; Android 13; SM-X700) Chrome/130.0 Safari/537.36", ["tablet"]],
  ["Mozilla/5.0 (SMART-TV; LINUX; Tizen 7.0) Version/7.0 TV Safari/537.36", ["smarttv"]],
  ["Mozilla/5.0 (Linux; Android 12; BRAVIA 4K) Chrome/130.0 Safari/537.36", ["smarttv"]],
  ["", ["desktop"]],
])("%s is of the kind %s", (agent, kinds) => {
  const told = HEADERS.filter((header) => deviceHeader(header, { "user-agent": agent }) === "true");
  expect(told).toEqual(kinds.map((kind) => `cloudfront-is-${kind}-viewer`));
});

test("no other header is the edge's", () => {
  expect(deviceHeader("cloudfront-is-android-viewer", {})).toBeUndefined();
});
