import { ASSET_ID } from "../shared/asset-id";
import type { Catalogue } from "../shared/catalogue";
import { type HttpRequest, type HttpResponse, json, problem, readHttpRequest } from "../shared/http";
import type { Log } from "../shared/log";
import { cameThroughEdge, NOT_THROUGH_EDGE } from "../shared/origin-secret";
import { signedCookies } from "./cookies";
import { countryRefusal, licenceRefusal, type Refusal, subscriptionRefusal } from "./entitlement";
import type { ReadEntitlements } from "./entitlements-table";
import { type Playable, playableOf } from "../shared/playable";
import type { SigningKey } from "../shared/signing-key";
import { viewerCountry, viewerIpv4 } from "../shared/viewer";

export interface Deps {
  readonly catalogue: Pick<Catalogue, "read">;
  readonly entitlements: ReadEntitlements;
  readonly signingKey: SigningKey;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  readonly settings: {
    readonly originSecret: string;
    /** `https://<cdn>`. */
    readonly cdnOrigin: string;
    readonly signingKeyId: string;
    readonly cookieSeconds: number;
    readonly bindViewerIp: "none" | "ipv4";
    readonly playerSite: "same-site" | "cross-site";
    /** Empty: every country. */
    readonly allowedCountries: readonly string[];
    readonly downloads: "none" | "offered";
  };
}

/** Of a cookie's life, when a player should ask for the next: early enough for a second try. */
const REFRESH_AT = 0.6;

/** When to ask again for a title that is being prepared, seconds. */
const RETRY_SECONDS = 30;

/** `POST /play/{assetId}`: who may watch gets the title's addresses, and cookies that open them for a few minutes. */
export const makeHandler =
  (deps: Deps) =>
  async (event: unknown): Promise<HttpResponse> => {
    const request = readHttpRequest(event);
    if (!cameThroughEdge(request, deps.settings.originSecret)) {
      deps.log("ORIGIN_SECRET_WRONG");
      return NOT_THROUGH_EDGE;
    }
    if (request.method !== "POST") {
      return problem(405, "METHOD_NOT_ALLOWED", "Ask with POST.", { headers: { allow: "POST" } });
    }
    const { sub: viewerId } = request.claims;
    if (typeof viewerId !== "string" || viewerId === "") {
      return problem(401, "UNAUTHENTICATED", "Send a bearer token that names a viewer (claim sub).");
    }
    const { assetId = "" } = request.path;
    if (!ASSET_ID.test(assetId)) {
      return problem(400, "ASSET_ID_INVALID", "The path must be /play/{assetId} with an id from the list of titles.");
    }
    return answer(deps, request, viewerId, assetId);
  };

async function answer(deps: Deps, request: HttpRequest, viewerId: string, assetId: string): Promise<HttpResponse> {
  const { settings, now } = deps;
  const forbid = ({ code, message }: Refusal): HttpResponse => {
    deps.log("PLAYBACK_REFUSED", { assetId, reason: code });
    return problem(403, code, message);
  };
  const [entitlements, title] = await Promise.all([deps.entitlements(viewerId, assetId), deps.catalogue.read(assetId)]);
  // Before the title is looked at: whoever has no subscription learns nothing about what exists.
  const refused =
    subscriptionRefusal(entitlements, now()) ?? countryRefusal(settings.allowedCountries, viewerCountry(request));
  if (refused) return forbid(refused);
  const playable = playableOf(title);
  if (playable.kind === "absent") return problem(404, "TITLE_NOT_FOUND", "There is no such title.");
  const unlicensed = licenceRefusal(title?.licenceRequired ?? false, entitlements, now());
  if (unlicensed) return forbid(unlicensed);
  if (playable.kind === "not-ready") {
    const headers = { "retry-after": String(RETRY_SECONDS) };
    return problem(409, "TITLE_NOT_READY", "This title is being prepared.", { headers });
  }
  const ipv4 = settings.bindViewerIp === "ipv4" ? viewerIpv4(request) : undefined;
  if (settings.bindViewerIp === "ipv4" && ipv4 === undefined) return forbid(IPV4_NEEDED);
  return mint(deps, assetId, playable, ipv4);
}

/** CloudFront's `IpAddress` condition takes IPv4 only. */
const IPV4_NEEDED: Refusal = {
  code: "IPV6_NOT_SUPPORTED",
  message: "Playback is bound to the viewer's IPv4 address; connect over IPv4.",
};

async function mint(
  { settings, signingKey, now, log }: Deps,
  assetId: string,
  { playback, poster, hasDownload }: Extract<Playable, { kind: "playable" }>,
  ipv4: string | undefined,
): Promise<HttpResponse> {
  const { prefix, ...addresses } = playback;
  const privateKey = await signingKey();
  const expiresAt = Math.floor(now() / 1000) + settings.cookieSeconds;
  const { cdnOrigin, playerSite, signingKeyId: keyId } = settings;
  const cookies = signedCookies({ cdnOrigin, prefix, expiresAt, viewerIpv4: ipv4, playerSite, keyId, privateKey });
  log("PLAYBACK_MINTED", { assetId });
  const body = {
    assetId,
    ...addresses,
    poster,
    ...(settings.downloads === "offered" && hasDownload && { download: true }),
    expiresAt: new Date(expiresAt * 1000).toISOString(),
    refreshAfterSeconds: Math.floor(settings.cookieSeconds * REFRESH_AT),
  };
  return json(200, body, { cookies });
}
