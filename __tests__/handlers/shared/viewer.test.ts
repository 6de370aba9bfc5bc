import { readHttpRequest } from "../../../handlers/shared/http";
import { viewerDevice } from "../../../handlers/shared/viewer";
import { httpEvent } from "../support/http-event";

const device = (...kinds: string[]) => {
  const headers = Object.fromEntries(kinds.map((kind) => [`CloudFront-Is-${kind}-Viewer`, "true"]));
  return viewerDevice(readHttpRequest(httpEvent("POST /api/beacons", { headers })));
};

test.each([
  [["SmartTV", "Desktop"], "tv"],
  [["Tablet", "Mobile"], "tablet"],
  [["Mobile"], "phone"],
  [["Desktop"], "desktop"],
  [[], undefined],
])("of the kinds %j the device is %s", (kinds, expected) => {
  expect(device(...kinds)).toBe(expected);
});
