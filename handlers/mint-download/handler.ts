import type { ReadEntitlements } from "../mint-playback/entitlements-table";
import { ASSET_ID } from "../shared/asset-id";
import type { Catalogue } from "../shared/catalogue";
import { type HttpRequest, type HttpResponse, json, problem, readHttpRequest } from "../shared/http";
import type { Log } from "../shared/log";
import { cameThroughEdge, NOT_THROUGH_EDGE } from "../shared/origin-secret";
import type { SigningKey } from "../shared/signing-key";
import type { Title } from "../shared/title";
import { viewerCountry, viewerIpv4 } from "../shared/viewer";
import { downloadRefusal } from "./download-right";
import type { ReadDownloadRights } from "./download-rights-table";
import { playbackRefusal } from "./playback-verdict";
import { signedAddress } from "./signed-address";

export interface Deps {
  readonly catalogue: Pick<Catalogue, "read">;
  readonly entitlements: ReadEntitlements;
  readonly downloadRights: ReadDownloadRights;
  readonly signingKey: SigningKey;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  readonly settings: {
    readonly originSecret: string;
    /** `https://<cdn>`. */
    readonly cdnOrigin: string;
    readonly signingKeyId: string;
    readonly addressSeconds: number;
    readonly bindViewerIp: "none" | "ipv4";
    /** Empty: every country. */
    readonly allowedCountries: readonly string[];
  };
}

/** `POST /api/titles/{assetId}/download`: who may keep a title's file gets its address, signed for a few minutes. */
export const makeHandler =
  (deps: Deps) =>
  async (event: unknown): Promise<HttpResponse> => {
    const request = readHttpRequest(event);
    if (!cameThroughEdge(request, deps.settings.originSecret)) {
      deps.log("ORIGIN_SECRET_WRONG");
      return NOT_THROUGH_EDGE;
    }
    const { sub: viewerId } = request.claims;
    if (typeof viewerId !== "string" || viewerId === "") {
      return problem(401, "UNAUTHENTICATED", "Send a bearer token that names a viewer (claim sub).");
    }
    const { assetId = "" } = request.path;
    if (!ASSET_ID.test(assetId)) {
      return problem(400, "ASSET_ID_INVALID", "The path must name a title by an id from the list of titles.");
    }
    return answer(deps, request, viewerId, assetId);
  };

async function answer(deps: Deps, request: HttpRequest, viewerId: string, assetId: string): Promise<HttpResponse> {
  const { settings, now } = deps;
  const refuse = (status: number, code: string, message: string): HttpResponse => {
    deps.log("DOWNLOAD_REFUSED", { assetId, reason: code });
    return problem(status, code, message);
  };
  const [entitlements, rights, title] = await Promise.all([
    deps.entitlements(viewerId, assetId),
    deps.downloadRights(viewerId, assetId),
    deps.catalogue.read(assetId),
  ]);
  const { allowedCountries } = settings;
  const facts = { entitlements, title, country: viewerCountry(request), allowedCountries, now: now() };
  const unwatchable = playbackRefusal(facts);
  if (unwatchable) return refuse(unwatchable.status, unwatchable.code, unwatchable.message);
  const refused = downloadRefusal(rights, now());
  if (refused) return refuse(403, refused.code, refused.message);
  const path = fileOf(title);
  if (path === undefined) return refuse(404, "DOWNLOAD_NOT_OFFERED", "This title has no file to download.");
  const ipv4 = settings.bindViewerIp === "ipv4" ? viewerIpv4(request) : undefined;
  if (settings.bindViewerIp === "ipv4" && ipv4 === undefined) {
    // CloudFront's `IpAddress` condition takes IPv4 only.
    return refuse(403, "IPV6_NOT_SUPPORTED", "Downloads are bound to the viewer's IPv4 address; connect over IPv4.");
  }
  return mint(deps, assetId, path, ipv4);
}

/** The file of the version that plays. */
function fileOf(title: Title | undefined): string | undefined {
  return title?.playing === undefined ? undefined : title.versions[title.playing]?.download;
}

async function mint(
  { settings, signingKey, now, log }: Deps,
  assetId: string,
  path: string,
  ipv4: string | undefined,
): Promise<HttpResponse> {
  const { cdnOrigin, signingKeyId: keyId, addressSeconds } = settings;
  const privateKey = await signingKey();
  const expiresAt = Math.floor(now() / 1000) + addressSeconds;
  const url = signedAddress({ cdnOrigin, path, expiresAt, viewerIpv4: ipv4, keyId, privateKey });
  log("DOWNLOAD_MINTED", { assetId });
  return json(200, { assetId, url, expiresAt: new Date(expiresAt * 1000).toISOString() });
}
