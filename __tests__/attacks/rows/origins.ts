import { under } from "../attack";
import { said } from "../said";
import { bearer, type Target } from "../target";

const SECRET = "x-vod-origin-secret";
const IDENTIFIER = "x-mediapackage-cdnidentifier";

/** The mint at the API's own address, past the edge and its firewall. */
const atApi =
  (headers: (target: Target) => Record<string, string>) =>
  async (target: Target): Promise<string> =>
    said(
      await target.origin(target.originHost("api"), target.paths.play, {
        method: "POST",
        headers: { ...bearer(target.report.tokens.entitled), ...headers(target) },
      }),
    );

/** A beacon that names its own country, where nobody overwrites it. */
const beaconAtApi = async ({ origin, originHost, report }: Target): Promise<string> => {
  const headers = { ...bearer(report.tokens.entitled), "cloudfront-viewer-country": "US" };
  return said(await origin(originHost("api"), "/api/beacons", { method: "POST", headers, body: "{}" }));
};

const atMediaPackage =
  (identifier: (target: Target) => string | undefined) =>
  async (target: Target): Promise<string> => {
    const value = identifier(target);
    const headers: Record<string, string> = value === undefined ? {} : { [IDENTIFIER]: value };
    return said(await target.origin(target.originHost("mediapackage"), `/out${target.paths.manifest}`, { headers }));
  };

const forbidden = { outcome: "refused", answer: "403 FORBIDDEN" } as const;
const noIdentifier = { outcome: "refused", answer: "403 Forbidden" } as const;

// prettier-ignore
export const API = under("origin secret", [
  { id: "api-no-secret", sent: "the API's own address, with a good token and without the edge's secret", ...forbidden, send: atApi(() => ({})) },
  {
    id: "api-empty-secret",
    sent: "the same with an empty secret",
    ...forbidden,
    send: atApi(() => ({ [SECRET]: "" })),
  },
  {
    id: "api-wrong-secret",
    sent: "the same with a wrong secret",
    ...forbidden,
    send: atApi(() => ({ [SECRET]: "guess" })),
  },
  { id: "api-other-secret", sent: "the same with MediaPackage's identifier as the secret", ...forbidden, send: atApi(({ secrets }) => ({ [SECRET]: secrets.cdnIdentifier })) },
  { id: "api-retired-secret", sent: "the same with the secret of before its rotation", ...forbidden, send: atApi(({ retired }) => ({ [SECRET]: retired.apiOriginSecret })) },
  { id: "api-forged-viewer", sent: "the same with forged `CloudFront-Viewer-Country` and `-Address`", ...forbidden, send: atApi(() => ({ "cloudfront-viewer-country": "NL", "cloudfront-viewer-address": "127.0.0.1:1" })) },
  { id: "api-beacon", sent: "a beacon at the API's own address, with another country in `CloudFront-Viewer-Country`", ...forbidden, send: beaconAtApi },
]);

// prettier-ignore
export const MEDIA_ORIGIN = under("CDN identifier", [
  { id: "origin-no-identifier", sent: "MediaPackage's own address without the CDN identifier", ...noIdentifier, send: atMediaPackage(() => undefined) },
  { id: "origin-wrong-identifier", sent: "the same with a wrong identifier", ...noIdentifier, send: atMediaPackage(() => "12345678-0000-4000-8000-000000000000") },
  {
    id: "origin-empty-identifier",
    sent: "the same with an empty one",
    ...noIdentifier,
    send: atMediaPackage(() => ""),
  },
  { id: "origin-retired-identifier", sent: "the same with the identifier of two changes ago, once a rotation is over", ...noIdentifier, send: atMediaPackage(({ retired }) => retired.cdnIdentifier) },
  { id: "origin-last-identifier", sent: "the same with the identifier of one change ago, which MediaPackage takes beside the present one", outcome: "bounded", answer: "200", send: atMediaPackage(({ retired }) => retired.lastCdnIdentifier) },
]);

// prettier-ignore
export const IDENTIFIER_SENT = under("trusted key group", [
  { id: "origin-through-edge", sent: "a viewer's own `X-MediaPackage-CDNIdentifier` through the edge, without a cookie", outcome: "refused", answer: "403 MissingKey", send: async (target) => said(await target.edge(target.paths.manifest, { headers: { [IDENTIFIER]: target.secrets.cdnIdentifier } })) },
]);
