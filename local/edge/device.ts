import type { RequestHeaders } from "./types";

/**
 * What kind of device a `User-Agent` speaks of. CloudFront's own list is not public; this knows the common ones by the
 * words that their makers document, and may say true for more than one kind, as CloudFront does.
 */
const DEVICES: Readonly<Record<string, RegExp>> = {
  "cloudfront-is-smarttv-viewer": /\b(?:SmartTV|SMART-TV|Tizen|Web0S|webOS|AppleTV|BRAVIA|CrKey|AFT[A-Z]\w*)\b/,
  "cloudfront-is-tablet-viewer": /\b(?:iPad|Tablet)\b|Android(?!.*\bMobile\b)/,
  "cloudfront-is-mobile-viewer": /\b(?:iPhone|iPod)\b|\bMobile\b/,
};

const TELEVISION = DEVICES["cloudfront-is-smarttv-viewer"];
const DESKTOP = "cloudfront-is-desktop-viewer";

/** `true` or `false` for one of CloudFront's headers of devices; undefined for any other name. */
export function deviceHeader(name: string, headers: RequestHeaders): string | undefined {
  const agent = headers["user-agent"] ?? "";
  if (name === DESKTOP) return String(!Object.values(DEVICES).some((device) => device.test(agent)));
  const device = DEVICES[name];
  if (!device) return undefined;
  return String(device.test(agent) && (device === TELEVISION || !TELEVISION?.test(agent)));
}
