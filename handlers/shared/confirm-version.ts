import { type Catalogue } from "./catalogue";
import { type Endpoint, egressState, playbackOf } from "./egress";
import type { Log } from "./log";
import type { Packager } from "./packager";
import { readyFields } from "./ready-fields";
import type { Failure, Title, Version } from "./title";
import { type PublishMode, withFailure, withReady } from "./title-changes";

export interface ConfirmDeps {
  readonly catalogue: Catalogue;
  readonly packager: Packager;
  readonly publish: PublishMode;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

/** After this long MediaPackage is not waited for any more, milliseconds. Ingest takes minutes. */
const PATIENCE_MS = 24 * 60 * 60 * 1000;

type Verdict =
  | { readonly kind: "waiting" }
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "playable"; readonly changes: Partial<Version> };

/**
 * Asks MediaPackage how a version that is PACKAGING stands, and moves it to READY or FAILED. `ingestError` is what
 * MediaPackage reported by event, if that is why we ask.
 */
export async function confirmVersion(
  deps: ConfirmDeps,
  title: Title,
  version: Version,
  ingestError?: string,
): Promise<void> {
  if (version.status !== "PACKAGING" || version.mediaPackageAsset === undefined) return;
  const endpoints = await deps.packager.describe(version.mediaPackageAsset);
  const verdict = judge(version, endpoints, deps.now(), ingestError);
  const fields = { assetId: title.assetId, version: version.version };
  if (verdict.kind === "waiting") return deps.log("ASSET_WAITING", fields);
  if (!(await record(deps, title.assetId, version.version, verdict))) return;
  if (verdict.kind === "playable") deps.log("TITLE_READY", readyFields(title.assetId, version, deps.now()));
  else deps.log("ASSET_FAILED", { ...fields, failure: verdict.failure.code, reason: verdict.failure.reason });
}

function judge(version: Version, endpoints: Endpoint[] | undefined, now: number, ingestError?: string): Verdict {
  if (ingestError !== undefined) return failed("INGEST_ERROR", `MediaPackage: ${ingestError}`);
  if (!endpoints) return failed("ASSET_GONE", "The asset was deleted in MediaPackage before it was playable.");
  const state = egressState(endpoints);
  if (state === "failed") {
    const names = endpoints.filter(({ status }) => status === "FAILED").map(({ configurationId }) => configurationId);
    return failed("PACKAGING_FAILED", `MediaPackage could not prepare ${names.join(", ")}.`);
  }
  const playback = state === "playable" ? playbackOf(endpoints) : undefined;
  if (playback) return { kind: "playable", changes: { playback } };
  const since = Date.parse(version.at.PACKAGING ?? "");
  return now - since > PATIENCE_MS
    ? failed("NOT_PLAYABLE", "MediaPackage did not make it playable within a day.")
    : { kind: "waiting" };
}

/** False when another invocation settled it first. */
function record(
  { catalogue, publish, now }: ConfirmDeps,
  assetId: string,
  id: string,
  verdict: Exclude<Verdict, { kind: "waiting" }>,
): Promise<boolean> {
  return catalogue.change(assetId, (title) => {
    const version = title?.versions[id];
    if (!title || version?.status !== "PACKAGING") return { result: false };
    const at = new Date(now()).toISOString();
    const write =
      verdict.kind === "playable"
        ? withReady(title, version, verdict.changes, publish, at)
        : withFailure(title, version, verdict.failure, at);
    return { write, result: true };
  });
}

function failed(code: string, reason: string): Verdict {
  return { kind: "failed", failure: { stage: "package", code, reason } };
}
