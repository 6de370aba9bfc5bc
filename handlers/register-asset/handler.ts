import { versionedId } from "../shared/asset-id";
import { confirmVersion } from "../shared/confirm-version";
import type { Catalogue } from "../shared/catalogue";
import { playbackOf } from "../shared/egress";
import { type JobEvent, matchJob, readJobEvent } from "../shared/job-event";
import type { Log } from "../shared/log";
import type { LogCode } from "../shared/log-codes";
import type { Packager } from "../shared/packager";
import { readyFields } from "../shared/ready-fields";
import type { Failure, Title, Version } from "../shared/title";
import { isOutdone, type PublishMode, withFailure, withReady, withVersion } from "../shared/title-changes";
import { directPlayback, hlsManifest } from "./manifests";

/** What follows the transcode: an asset in MediaPackage, or nothing since the manifests are there. */
export type Packaging =
  | { readonly topology: "mediapackage"; readonly packager: Packager; readonly partition: string }
  | { readonly topology: "direct" };

export interface Deps {
  readonly catalogue: Catalogue;
  readonly packaging: Packaging;
  readonly packagedBucket: string;
  readonly publish: PublishMode;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

/** A complete job whose version waits for it. */
interface Finished {
  readonly assetId: string;
  readonly id: string;
  readonly job: JobEvent;
  /** As it stood when the event came. */
  readonly version: Version;
}

/** MediaConvert `COMPLETE` -> an asset that MediaPackage ingests, or a title that can be watched. */
export const makeHandler =
  (deps: Deps) =>
  async (event: unknown): Promise<void> => {
    const read = readJobEvent(event);
    if (!read.ok) return deps.log("EVENT_REJECTED", { reason: read.problem });
    const job = read.value;
    const { assetId, version: id, jobId } = job;
    const ignore = (code: LogCode) => deps.log(code, { jobId, assetId, version: id });
    if (job.outcome !== "COMPLETE" || assetId === undefined || id === undefined) return ignore("JOB_NOT_OURS");
    const title = await deps.catalogue.read(assetId);
    const match = matchJob(title, job);
    if (!title || match.kind === "unknown") return ignore("JOB_NOT_OURS");
    if (match.kind === "settled") return ignore("JOB_DUPLICATE");
    const finished: Finished = { assetId, id, job, version: match.version };
    if (isOutdone(title, match.version)) {
      await settle(deps, finished, (current, version, now) =>
        withVersion(current, version, { ...completed(version, job), status: "SUPERSEDED" }, now),
      );
      return ignore("JOB_OUTDONE");
    }
    if (deps.packaging.topology === "direct") return finishDirect(deps, finished);
    return registerAsset(deps, deps.packaging, finished);
  };

async function finishDirect(deps: Deps, finished: Finished): Promise<void> {
  const { assetId, id, job } = finished;
  const playback = directPlayback(job.playlists, deps.packagedBucket, versionedId(assetId, id));
  if (!playback.ok) return fail(deps, finished, playback.problem, "JOB_WITHOUT_MANIFEST");
  const ready = await settle(deps, finished, (title, version, now) =>
    withReady(title, version, { ...completed(version, job), playback: playback.value }, deps.publish, now),
  );
  const { version } = finished;
  if (ready) deps.log("TITLE_READY", readyFields(assetId, { ...version, ...completed(version, job) }, deps.now()));
}

async function registerAsset(
  deps: Deps,
  { packager, partition }: Extract<Packaging, { topology: "mediapackage" }>,
  finished: Finished,
): Promise<void> {
  const { assetId, id, job } = finished;
  const source = hlsManifest(job.playlists, deps.packagedBucket);
  if (!source.ok) return fail(deps, finished, source.problem, "JOB_WITHOUT_MANIFEST");
  const mediaPackageAsset = versionedId(assetId, id);
  const sourceArn = `arn:${partition}:s3:::${source.value.bucket}/${source.value.key}`;
  const endpoints = await packager.register({ id: mediaPackageAsset, sourceArn, tags: { assetId, version: id } });
  if (!endpoints.ok) return fail(deps, finished, endpoints.problem, "ASSET_REFUSED");
  const playback = playbackOf(endpoints.value);
  const registered = await settle(deps, finished, (title, version, now) =>
    withVersion(title, version, { ...completed(version, job), status: "PACKAGING", mediaPackageAsset, playback }, now),
  );
  if (!registered) return;
  deps.log("ASSET_REGISTERED", { assetId, version: id, mediaPackageAsset });
  // MediaPackage may have said "playable" before PACKAGING was on record, when nobody listened: look once.
  const title = await deps.catalogue.read(assetId);
  const version = title?.versions[id];
  if (title && version) await confirmVersion({ ...deps, packager }, title, version);
}

function completed(version: Version, { jobId, durationSeconds = version.durationSeconds }: JobEvent): Partial<Version> {
  return { job: { id: jobId, status: "COMPLETE" }, durationSeconds, leaseUntil: undefined };
}

async function fail(deps: Deps, finished: Finished, failure: Failure, code: LogCode): Promise<void> {
  const { assetId, id, job } = finished;
  await settle(deps, finished, (title, version, now) =>
    withFailure(title, { ...version, ...completed(version, job) }, failure, now),
  );
  deps.log(code, { assetId, version: id, jobId: job.jobId, failure: failure.code, reason: failure.reason });
}

/** Writes what the job led to, unless another delivery of its event did so first. */
function settle(
  { catalogue, now }: Deps,
  { assetId, job }: Finished,
  next: (title: Title, version: Version, now: string) => Title,
): Promise<boolean> {
  return catalogue.change(assetId, (title) => {
    const match = matchJob(title, job);
    if (!title || match.kind !== "open") return { result: false };
    return { write: next(title, match.version, new Date(now()).toISOString()), result: true };
  });
}
