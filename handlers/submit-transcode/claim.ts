import type { Decision } from "../shared/catalogue";
import { assetIdOf, titleOf } from "../shared/asset-id";
import type { SideCar, Title, Version } from "../shared/title";
import { withNewest, withSuperseded, withVersion } from "../shared/title-changes";
import { orderAfter, orderOf } from "../shared/version-order";
import { sameSideCars } from "./side-cars";
import type { Upload } from "./upload";

/** `claimed`: the caller prepares the version. `busy`: another invocation does, or died; ask again after its lease. */
export type Claim = "claimed" | "busy" | "duplicate" | "superseded" | "included" | "unknown";

export interface Lease {
  /** ISO 8601. */
  readonly now: string;
  /** ISO 8601; after it another delivery of the event may take over. */
  readonly until: string;
}

/** An uploaded mezzanine is a new version, unless it is on record already or older than the newest. */
export function claimMezzanine(title: Title | undefined, upload: Upload, lease: Lease): Decision<Claim> {
  const version = received(upload.sequencer, orderOf(upload.sequencer), sourceOf(upload), lease);
  if (!title) return { write: newTitle(upload, version), result: "claimed" };
  const known = title.versions[version.version];
  if (known) return claimAgain(title, known, lease);
  const newest = title.versions[title.latest];
  if (newest && version.order < newest.order) {
    const { leaseUntil: _, ...rest } = version;
    const late: Version = { ...rest, status: "SUPERSEDED", at: { SUPERSEDED: lease.now } };
    return { write: withSuperseded(title, late), result: "superseded" };
  }
  return { write: withNewest(title, version), result: "claimed" };
}

/** Captions that came after their mezzanine are a new version of it, unless the newest version already has them. */
export function claimSideCar(
  title: Title | undefined,
  sequencer: string,
  listed: readonly SideCar[],
  lease: Lease,
): Decision<Claim> {
  const newest = title?.versions[title.latest];
  if (!title || !newest) return { result: "unknown" };
  const known = title.versions[sequencer];
  if (known) return claimAgain(title, known, lease);
  if (sameSideCars(newest.sideCars, listed)) return { result: "included" };
  const version = received(sequencer, orderAfter(newest.order), newest.source, lease);
  return { write: withNewest(title, { ...version, sideCars: listed }), result: "claimed" };
}

/** The same event again: only a version whose preparation was broken off is taken over. */
function claimAgain(title: Title, known: Version, { now, until }: Lease): Decision<Claim> {
  if (known.status !== "RECEIVED") return { result: "duplicate" };
  if (known.leaseUntil !== undefined && known.leaseUntil > now) return { result: "busy" };
  if (title.latest !== known.version) {
    return {
      write: withVersion(title, known, { status: "SUPERSEDED", leaseUntil: undefined }, now),
      result: "superseded",
    };
  }
  return { write: withVersion(title, known, { leaseUntil: until }, now), result: "claimed" };
}

function received(version: string, order: string, source: Version["source"], { now, until }: Lease): Version {
  return {
    version,
    order,
    status: "RECEIVED",
    at: { RECEIVED: now },
    source,
    leaseUntil: until,
    sideCars: [],
    captions: [],
    renditions: [],
    drm: false,
  };
}

function newTitle({ bucket, key }: Upload, version: Version): Title {
  const empty = { assetId: assetIdOf(bucket, key), source: { bucket, key }, title: titleOf(key), latest: "" };
  return withNewest({ ...empty, versions: {} }, version);
}

function sourceOf({ etag, versionId, bytes }: Upload): Version["source"] {
  return { etag, versionId, bytes };
}
