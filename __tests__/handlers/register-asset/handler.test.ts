import { type Deps, makeHandler } from "../../../handlers/register-asset/handler";
import type { Packager } from "../../../handlers/shared/packager";
import { ok, refused } from "../../../handlers/shared/result";
import { jobStateChange } from "../support/job-event";
import { memoryCatalogue, type MemoryCatalogue } from "../support/memory-catalogue";
import { recordedLog } from "../support/recorded-log";
import { ASSET, NOW, NOW_ISO, title, version } from "../support/titles";
import { unexpected } from "../support/unexpected";

const JOB = { id: "j1", status: "SUBMITTED" } as const;
const COMPLETE = jobStateChange("COMPLETE", {
  outputGroupDetails: [
    {
      type: "HLS_GROUP",
      playlistFilePaths: [`s3://packaged/ladder/${ASSET}-20/index.m3u8`],
      outputDetails: [{ durationInMs: 20_020 }],
    },
  ],
});
const DIRECT_COMPLETE = jobStateChange("COMPLETE", {
  outputGroupDetails: [
    { playlistFilePaths: [`s3://packaged/v1/${ASSET}-20/index.mpd`, `s3://packaged/v1/${ASSET}-20/index.m3u8`] },
  ],
});
const endpoint = (protocol: string, status: string) => ({
  configurationId: `local-${protocol}-v1`,
  status,
  url: `https://g.egress.mediapackage-vod.eu-west-1.amazonaws.com/out/v1/hash/${protocol}/m/index.m3u8`,
});
const QUEUED = [endpoint("hls", "QUEUED"), endpoint("dash", "QUEUED")];
const PLAYABLE = [endpoint("hls", "PLAYABLE"), endpoint("dash", "PLAYABLE")];
const PLAYBACK = { prefix: "hash", hls: "/v1/hash/hls/m/index.m3u8", dash: "/v1/hash/dash/m/index.m3u8" };

function setup(catalogue: MemoryCatalogue, packager?: Partial<Packager>, more: Partial<Deps> = {}) {
  const { log, codes, entries } = recordedLog();
  const packaging: Deps["packaging"] = packager
    ? { topology: "mediapackage", packager: unexpected<Packager>("packager", packager), partition: "aws" }
    : { topology: "direct" };
  const deps = {
    catalogue,
    packaging,
    packagedBucket: "packaged",
    publish: "automatic",
    now: () => NOW,
    log,
    ...more,
  } as const;
  return { handler: makeHandler(deps), codes, entries, catalogue };
}
const transcoding = (more = {}) =>
  memoryCatalogue(title([version("20", { status: "TRANSCODING", job: JOB, ...more })]));
const current = (catalogue: MemoryCatalogue) => catalogue.only().versions["20"];

describe("topology mediapackage", () => {
  test("a complete ladder becomes an asset that MediaPackage ingests", async () => {
    const registered: unknown[] = [];
    const { handler, catalogue, codes } = setup(transcoding(), {
      register: (asset) => Promise.resolve(ok(registered.push(asset) ? QUEUED : [])),
      describe: () => Promise.resolve(QUEUED),
    });
    await handler(COMPLETE);
    expect(registered).toEqual([
      {
        id: `${ASSET}-20`,
        sourceArn: `arn:aws:s3:::packaged/ladder/${ASSET}-20/index.m3u8`,
        tags: { assetId: ASSET, version: "20" },
      },
    ]);
    expect(catalogue.only()).toMatchObject({ packagingState: "WAITING", packagingSince: NOW_ISO });
    expect(current(catalogue)).toMatchObject({
      status: "PACKAGING",
      job: { id: "j1", status: "COMPLETE" },
      mediaPackageAsset: `${ASSET}-20`,
      playback: PLAYBACK,
      durationSeconds: 20.02,
      drm: false,
    });
    expect(codes).toEqual(["ASSET_REGISTERED", "ASSET_WAITING"]);
  });

  test("an asset that is playable at once is not left to the schedule", async () => {
    const { handler, catalogue, codes } = setup(transcoding(), {
      register: () => Promise.resolve(ok(QUEUED)),
      describe: () => Promise.resolve(PLAYABLE),
    });
    await handler(COMPLETE);
    expect(catalogue.only()).toMatchObject({ publishState: "PUBLISHED", playing: "20", durationSeconds: 20.02 });
    expect(codes).toEqual(["ASSET_REGISTERED", "TITLE_READY"]);
  });

  test("delivered twice, it registers once", async () => {
    const { handler, codes } = setup(transcoding(), {
      register: () => Promise.resolve(ok(QUEUED)),
      describe: () => Promise.resolve(QUEUED),
    });
    await handler(COMPLETE);
    await handler(COMPLETE);
    expect(codes.at(-1)).toBe("JOB_DUPLICATE");
  });

  test("an asset that MediaPackage refuses fails the version", async () => {
    const failure = { stage: "package", code: "ASSET_REFUSED", reason: "MediaPackage refused the asset: no" } as const;
    const { handler, catalogue, codes } = setup(transcoding(), { register: () => Promise.resolve(refused(failure)) });
    await handler(COMPLETE);
    expect(current(catalogue)).toMatchObject({ status: "FAILED", failure, job: { status: "COMPLETE" } });
    expect(codes).toEqual(["ASSET_REFUSED"]);
  });

  test("throttling is thrown and the version stays as it is", async () => {
    const throttled = new Error("slow down");
    const { handler, catalogue } = setup(transcoding(), { register: () => Promise.reject(throttled) });
    await expect(handler(COMPLETE)).rejects.toBe(throttled);
    expect(current(catalogue)?.status).toBe("TRANSCODING");
  });

  test("a job without an HLS manifest fails the version", async () => {
    const { handler, catalogue, codes } = setup(transcoding(), {});
    await handler(jobStateChange("COMPLETE"));
    expect(current(catalogue)?.failure?.code).toBe("NO_MANIFEST");
    expect(codes).toEqual(["JOB_WITHOUT_MANIFEST"]);
  });

  test("a job whose submission was never recorded is adopted", async () => {
    const { handler, catalogue } = setup(transcoding({ status: "RECEIVED", job: undefined, leaseUntil: NOW_ISO }), {
      register: () => Promise.resolve(ok(QUEUED)),
      describe: () => Promise.resolve(QUEUED),
    });
    await handler(COMPLETE);
    expect(current(catalogue)).toMatchObject({ status: "PACKAGING", job: { id: "j1", status: "COMPLETE" } });
    expect(current(catalogue)).not.toHaveProperty("leaseUntil");
  });
});

describe("topology direct", () => {
  test("a complete ladder is published, at its own addresses", async () => {
    const { handler, catalogue, codes } = setup(transcoding({ poster: "/posters/p.jpg", durationSeconds: 20 }));
    await handler(DIRECT_COMPLETE);
    expect(catalogue.only()).toMatchObject({
      publishState: "PUBLISHED",
      publishedAt: NOW_ISO,
      playing: "20",
      poster: "/posters/p.jpg",
      durationSeconds: 20,
    });
    expect(current(catalogue)).toMatchObject({
      status: "PUBLISHED",
      playback: {
        prefix: `${ASSET}-20`,
        hls: `/v1/${ASSET}-20/index.m3u8`,
        dash: `/v1/${ASSET}-20/index.mpd`,
      },
    });
    expect(codes).toEqual(["TITLE_READY"]);
  });

  test("where editors publish, it is ready and waits", async () => {
    const { handler, catalogue } = setup(transcoding(), undefined, { publish: "editor" });
    await handler(DIRECT_COMPLETE);
    expect([current(catalogue)?.status, catalogue.only().publishState]).toEqual(["READY", undefined]);
  });

  test("an older ladder that ends after a newer one plays is left as it is", async () => {
    const newer = version("30", { status: "PUBLISHED" });
    const older = version("20", { status: "TRANSCODING", job: JOB });
    const catalogue = memoryCatalogue(title([older, newer], { playing: "30", publishState: "PUBLISHED" }));
    const { handler, codes } = setup(catalogue);
    await handler(DIRECT_COMPLETE);
    expect(codes).toEqual(["JOB_OUTDONE"]);
    expect([catalogue.only().playing, current(catalogue)?.status]).toEqual(["30", "SUPERSEDED"]);
  });

  test("an older ladder that ends while the newer is in the works plays until then", async () => {
    const versions = [version("20", { status: "TRANSCODING", job: JOB }), version("30", { status: "TRANSCODING" })];
    const { handler, catalogue } = setup(memoryCatalogue(title(versions)));
    await handler(DIRECT_COMPLETE);
    expect(catalogue.only()).toMatchObject({ playing: "20", latest: "30" });
  });
});

test.each([
  ["of a title that is not there", memoryCatalogue(), COMPLETE],
  ["of another job of the version", transcoding({ job: { ...JOB, id: "j0" } }), COMPLETE],
  [
    "without our metadata",
    unexpected<MemoryCatalogue>("catalogue"),
    jobStateChange("COMPLETE", { userMetadata: undefined }),
  ],
  ["that did not complete", unexpected<MemoryCatalogue>("catalogue"), jobStateChange("ERROR")],
])("a job %s is not ours", async (_, catalogue, event) => {
  const { handler, entries } = setup(catalogue, {});
  await handler(event);
  expect(entries.map(({ code }) => code)).toEqual(["JOB_NOT_OURS"]);
});

test("an event that cannot be read is counted and not retried", async () => {
  const { handler, codes } = setup(unexpected<MemoryCatalogue>("catalogue"), {});
  await handler("nonsense");
  expect(codes).toEqual(["EVENT_REJECTED"]);
});
