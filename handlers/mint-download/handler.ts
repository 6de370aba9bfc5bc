import { accessEnd } from "../shared/access-end";
import { admit, type Caller } from "../shared/admit";
import { type Facts, refusalOf } from "../shared/entitlement-rules";
import { type HttpResponse, json, problem } from "../shared/http";
import type { MintDeps } from "../shared/mint";
import { playableOf } from "../shared/playable";
import { refusalAnswer } from "../shared/refusal-answer";
import type { Title } from "../shared/title";
import { viewerIpv4 } from "../shared/viewer";
import { downloadRefusal } from "./download-right";
import type { ReadDownloadRights } from "./download-rights-table";
import { signedAddress } from "./signed-address";

export interface Deps extends MintDeps {
  readonly downloadRights: ReadDownloadRights;
  readonly settings: MintDeps["settings"] & { readonly addressSeconds: number };
}

/** `POST /api/titles/{assetId}/download`: who may keep a title's file gets its address, signed for a few minutes. */
export const makeHandler =
  (deps: Deps) =>
  async (event: unknown): Promise<HttpResponse> => {
    const { originSecret } = deps.settings;
    const path = "/api/titles/{assetId}/download";
    const caller = admit(event, { originSecret, log: deps.log, method: "POST", path });
    return caller.ok ? answer(deps, caller.value) : caller.problem;
  };

async function answer(deps: Deps, { request, viewerId, assetId, country }: Caller): Promise<HttpResponse> {
  const { settings } = deps;
  const refuse = (code: string, refusal: HttpResponse): HttpResponse => {
    deps.log("DOWNLOAD_REFUSED", { assetId, reason: code });
    return refusal;
  };
  const title = await deps.catalogue.read(assetId);
  const [entitlements, rights] = await Promise.all([
    deps.entitlements(viewerId, assetId, title?.licence?.collection),
    deps.downloadRights(viewerId, assetId),
  ]);
  const facts = watching(title, { now: deps.now(), entitlements, country, countries: settings.countries });
  const unwatchable = refusalOf(facts);
  if (unwatchable) return refuse(unwatchable.code, refusalAnswer(unwatchable));
  const unkept = downloadRefusal(rights, facts.now);
  if (unkept) return refuse(unkept.code, problem(403, unkept.code, unkept.message));
  const path = fileOf(title);
  if (path === undefined) {
    const code = "DOWNLOAD_NOT_OFFERED";
    return refuse(code, problem(404, code, "This title has no file to download."));
  }
  const ipv4 = settings.bindViewerIp === "ipv4" ? viewerIpv4(request) : undefined;
  if (settings.bindViewerIp === "ipv4" && ipv4 === undefined) {
    // CloudFront's `IpAddress` condition takes IPv4 only.
    const code = "IPV6_NOT_SUPPORTED";
    return refuse(code, problem(403, code, "Downloads are bound to the viewer's IPv4 address; connect over IPv4."));
  }
  return mint(deps, { assetId, path, facts, ipv4 });
}

/**
 * Who may not watch a title may not keep it, so the mint's own rules are asked. A file is no stream: it takes no slot,
 * and what its address is bound to is asked last.
 */
function watching(
  title: Title | undefined,
  found: Pick<Facts, "now" | "entitlements" | "country" | "countries">,
): Facts {
  return {
    ...found,
    playable: playableOf(title).kind,
    terms: title?.licence,
    binding: { required: false, ipv4: undefined },
    streams: { limit: undefined, session: undefined, slot: undefined },
  };
}

/** The file of the version that plays. */
function fileOf(title: Title | undefined): string | undefined {
  return title?.playing === undefined ? undefined : title.versions[title.playing]?.download;
}

interface Minting {
  readonly assetId: string;
  /** Root-relative, of the file. */
  readonly path: string;
  readonly facts: Facts;
  readonly ipv4: string | undefined;
}

async function mint(
  { settings, signingKey, log }: Deps,
  { assetId, path, facts, ipv4 }: Minting,
): Promise<HttpResponse> {
  const { cdnOrigin, signingKeyId: keyId, addressSeconds } = settings;
  const privateKey = await signingKey();
  const expiresAt = accessEnd(facts, addressSeconds);
  const url = signedAddress({ cdnOrigin, path, expiresAt, viewerIpv4: ipv4, keyId, privateKey });
  log("DOWNLOAD_MINTED", { assetId });
  return json(200, { assetId, url, expiresAt: new Date(expiresAt * 1000).toISOString() });
}
