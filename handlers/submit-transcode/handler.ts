import { assetIdOf } from "../shared/asset-id";
import { withVersion } from "../shared/title-changes";
import { type Claim, claimMezzanine, claimSideCar, type Lease } from "./claim";
import { type Claimed, EMPTY_FILE, fail, prepare, type PrepareDeps } from "./prepare";
import { prefixBeside, prefixOfVideos, sideCarsOf, videosOf } from "./side-cars";
import { kindOf, readUpload, type Upload } from "./upload";

export interface Deps extends PrepareDeps {
  readonly uploads: { readonly bucket: string; readonly prefix: string };
}

/**
 * How long a claim keeps other deliveries of the event away, milliseconds. Not shorter than the function's timeout;
 * Lambda's own retries come after one and two minutes.
 */
const LEASE_MS = 60_000;

/** `Object Created` in the source bucket -> a claimed version -> a job, or a recorded reason why there is none. */
export const makeHandler =
  (deps: Deps) =>
  async (event: unknown): Promise<void> => {
    const read = readUpload(event);
    if (!read.ok) return deps.log("EVENT_REJECTED", { reason: read.problem });
    const upload = read.value;
    const kind = upload.bucket === deps.uploads.bucket ? kindOf(upload.key, deps.uploads.prefix) : "other";
    if (kind === "mezzanine") return receiveMezzanine(deps, upload);
    if (kind === "side-car") return receiveSideCar(deps, upload);
    deps.log("UPLOAD_IGNORED", { bucket: upload.bucket, key: upload.key });
  };

async function receiveMezzanine(deps: Deps, upload: Upload): Promise<void> {
  const { bucket, key } = upload;
  const claimed: Claimed = { assetId: assetIdOf(bucket, key), version: upload.sequencer, bucket, key };
  const claim = await deps.catalogue.change(claimed.assetId, (title) => claimMezzanine(title, upload, leaseFrom(deps)));
  if (!goesOn(deps, claim, claimed)) return;
  if (upload.bytes === 0) return fail(deps, claimed, EMPTY_FILE);
  await underLease(deps, claimed);
}

/** Captions beside a video that was prepared without them start a new version of it. */
async function receiveSideCar(deps: Deps, upload: Upload): Promise<void> {
  const { bucket, sequencer } = upload;
  const videos = videosOf(upload.key, await deps.listObjects(bucket, prefixOfVideos(upload.key)));
  if (videos.length === 0) deps.log("SIDE_CAR_ALONE", { key: upload.key });
  for (const key of videos) {
    const claimed: Claimed = { assetId: assetIdOf(bucket, key), version: sequencer, bucket, key };
    const listed = sideCarsOf(key, await deps.listObjects(bucket, prefixBeside(key)));
    const claim = await deps.catalogue.change(claimed.assetId, (title) =>
      claimSideCar(title, sequencer, listed, leaseFrom(deps)),
    );
    if (goesOn(deps, claim, claimed)) await underLease(deps, claimed);
  }
}

/** Whether this invocation prepares the version. */
function goesOn({ log }: Deps, claim: Claim, { assetId, version, key }: Claimed): boolean {
  const fields = { assetId, version };
  switch (claim) {
    case "claimed":
      log("UPLOAD_CLAIMED", fields);
      return true;
    case "busy": // thrown, so that the event comes again after the lease, in case the other invocation died
      throw new Error(`Title ${assetId}, version ${version}: another invocation is preparing it`);
    case "duplicate":
      log("UPLOAD_DUPLICATE", fields);
      return false;
    case "superseded":
      log("UPLOAD_SUPERSEDED", fields);
      return false;
    case "included":
      log("SIDE_CAR_INCLUDED", fields);
      return false;
    case "unknown": // the mezzanine's own event is yet to come, and will find the captions
      log("SIDE_CAR_ALONE", { ...fields, key });
      return false;
  }
}

/** Gives the lease back when the preparation breaks off, so that the retry need not wait for its end. */
async function underLease(deps: Deps, claimed: Claimed): Promise<void> {
  try {
    await prepare(deps, claimed);
  } catch (error) {
    await release(deps, claimed).catch(() => undefined); // the lease runs out by itself; the first error tells more
    throw error;
  }
}

function release(deps: Deps, { assetId, version: id }: Claimed): Promise<void> {
  return deps.catalogue.change(assetId, (title) => {
    const version = title?.versions[id];
    if (!title || version?.status !== "RECEIVED") return { result: undefined };
    return { write: withVersion(title, version, { leaseUntil: undefined }, leaseFrom(deps).now), result: undefined };
  });
}

function leaseFrom({ now }: Deps): Lease {
  const from = now();
  return { now: new Date(from).toISOString(), until: new Date(from + LEASE_MS).toISOString() };
}
