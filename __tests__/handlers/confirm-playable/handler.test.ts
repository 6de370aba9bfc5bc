import { makeHandler } from "../../../handlers/confirm-playable/handler";
import type { Endpoint } from "../../../handlers/shared/egress";
import type { Packager } from "../../../handlers/shared/packager";
import type { PublishMode } from "../../../handlers/shared/title-changes";
import { memoryCatalogue, type MemoryCatalogue } from "../support/memory-catalogue";
import { recordedLog } from "../support/recorded-log";
import { ASSET, NOW, NOW_ISO, title, version } from "../support/titles";
import { unexpected } from "../support/unexpected";

const SCHEDULE = { source: "aws.events", "detail-type": "Scheduled Event", resources: [], detail: {} };
const endpoint = (protocol: string, status: string): Endpoint => ({
  configurationId: `local-${protocol}-v1`,
  status,
  url: `https://g.egress.mediapackage-vod.eu-west-1.amazonaws.com/out/v1/hash/${protocol}/m/index.m3u8`,
});
const endpoints = (...statuses: string[]) =>
  statuses.map((status, index) => endpoint(["hls", "dash", "cmaf"][index] ?? "", status));

function notification(event: string, asset = `${ASSET}-20`, message = "text") {
  return {
    source: "aws.mediapackage",
    "detail-type": "MediaPackage Input Notification",
    resources: [
      `arn:aws:mediapackage-vod:eu-west-1:000000000000:assets/${asset}`,
      "arn:aws:mediapackage-vod:eu-west-1:000000000000:packaging-configurations/local-hls-v1",
    ],
    detail: { event, message },
  };
}

function setup(catalogue: MemoryCatalogue, describe?: Packager["describe"], publish: PublishMode = "automatic") {
  const { log, codes, entries } = recordedLog();
  const packager = unexpected<Packager>("packager", describe && { describe });
  return { handler: makeHandler({ catalogue, packager, publish, now: () => NOW, log }), codes, entries, catalogue };
}
const answers = (found: Endpoint[] | undefined) => () => Promise.resolve(found);
const waiting = (id = "20", more = {}) =>
  version(id, { status: "PACKAGING", mediaPackageAsset: `${ASSET}-${id}`, ...more });
const waitingTitle = (more = {}) => title([waiting()], { packagingState: "WAITING", packagingSince: NOW_ISO, ...more });

test("once every configuration is playable the title is published and leaves the waiting list", async () => {
  const { handler, catalogue, codes } = setup(
    memoryCatalogue(waitingTitle()),
    answers(endpoints("PLAYABLE", "PLAYABLE", "PLAYABLE")),
  );
  await handler(notification("VodAssetPlayable"));
  expect(catalogue.only()).toMatchObject({
    publishState: "PUBLISHED",
    playing: "20",
    versions: {
      "20": {
        status: "PUBLISHED",
        playback: {
          prefix: "hash",
          hls: "/v1/hash/hls/m/index.m3u8",
          dash: "/v1/hash/dash/m/index.m3u8",
          cmaf: "/v1/hash/cmaf/m/index.m3u8",
        },
      },
    },
  });
  expect(catalogue.only()).not.toHaveProperty("packagingState");
  expect(codes).toEqual(["TITLE_READY"]);
});

test("where editors publish, it is ready and waits", async () => {
  const { handler, catalogue } = setup(memoryCatalogue(waitingTitle()), answers(endpoints("PLAYABLE")), "editor");
  await handler(notification("VodAssetPlayable"));
  expect([catalogue.only().versions["20"]?.status, catalogue.only().publishState]).toEqual(["READY", undefined]);
});

test.each([[endpoints("PLAYABLE", "PROCESSING")], [endpoints("QUEUED")], [[]]])(
  "nothing changes before that",
  async (found) => {
    const { handler, catalogue, codes } = setup(memoryCatalogue(waitingTitle()), answers(found));
    await handler(notification("VodAssetPlayable"));
    expect(catalogue.only()).toEqual(waitingTitle());
    expect(codes).toEqual(["ASSET_WAITING"]);
  },
);

test.each<[string, unknown, Endpoint[] | undefined, string, string]>([
  [
    "a configuration failed",
    notification("VodAssetPlayable"),
    endpoints("PLAYABLE", "FAILED"),
    "PACKAGING_FAILED",
    "MediaPackage could not prepare local-dash-v1.",
  ],
  [
    "ingest failed",
    notification("IngestError", undefined, "no such bucket"),
    endpoints("QUEUED"),
    "INGEST_ERROR",
    "MediaPackage: no such bucket",
  ],
  [
    "the asset was deleted",
    SCHEDULE,
    undefined,
    "ASSET_GONE",
    "The asset was deleted in MediaPackage before it was playable.",
  ],
])("when %s the version fails", async (_, event, found, code, reason) => {
  const { handler, catalogue, codes } = setup(memoryCatalogue(waitingTitle()), answers(found));
  await handler(event);
  expect(catalogue.only().versions["20"]).toMatchObject({
    status: "FAILED",
    failure: { stage: "package", code, reason },
  });
  expect(codes).toEqual(["ASSET_FAILED"]);
});

test("a version that MediaPackage forgot does not wait for ever", async () => {
  const since = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();
  const of = (hours: number) => memoryCatalogue(title([waiting("20", { at: { PACKAGING: since(hours) } })]));
  const patient = setup(of(23), answers(endpoints("PROCESSING")));
  await patient.handler(notification("VodAssetPlayable"));
  const done = setup(of(25), answers(endpoints("PROCESSING")));
  await done.handler(notification("VodAssetPlayable"));
  expect([
    patient.catalogue.only().versions["20"]?.status,
    done.catalogue.only().versions["20"]?.failure?.code,
  ]).toEqual(["PACKAGING", "NOT_PLAYABLE"]);
});

test("events in the wrong order and again change nothing: what plays goes on", async () => {
  const playing = version("20", { status: "PUBLISHED", mediaPackageAsset: `${ASSET}-20` });
  const before = title([playing], { playing: "20", publishState: "PUBLISHED" });
  const { handler, catalogue, codes } = setup(memoryCatalogue(before));
  await handler(notification("VodAssetPlayable"));
  await handler(notification("IngestError"));
  expect([catalogue.only(), codes]).toEqual([before, []]);
});

test("an older version that becomes playable late does not replace a newer one", async () => {
  const newer = version("30", { status: "PUBLISHED" });
  const catalogue = memoryCatalogue(title([waiting(), newer], { playing: "30", publishState: "PUBLISHED" }));
  const { handler } = setup(catalogue, answers(endpoints("PLAYABLE")));
  await handler(notification("VodAssetPlayable"));
  expect([catalogue.only().playing, catalogue.only().versions["20"]?.status]).toEqual(["30", "READY"]);
});

test("the schedule asks about every version that waits, and about nothing else", async () => {
  const asked: string[] = [];
  const other = { ...waitingTitle(), assetId: "day-0123456789ab" };
  const mixed = title([version("10", { status: "PUBLISHED" }), waiting("20"), waiting("30")], {
    packagingState: "WAITING",
  });
  const { handler } = setup(memoryCatalogue(mixed, other), (id) =>
    Promise.resolve(asked.push(id) ? endpoints("QUEUED") : []),
  );
  await handler(SCHEDULE);
  expect(asked.sort()).toEqual([`${ASSET}-20`, `${ASSET}-20`, `${ASSET}-30`]);
});

test("the schedule confirms the others when one cannot be asked about, and then fails", async () => {
  const other = {
    ...title([waiting("20", { mediaPackageAsset: "other" })]),
    assetId: "day-0123456789ab",
    packagingState: "WAITING",
  } as const;
  const { handler, catalogue } = setup(memoryCatalogue(waitingTitle(), other), (id) =>
    id === "other" ? Promise.resolve(endpoints("PLAYABLE")) : Promise.reject(new Error("throttled")),
  );
  await expect(handler(SCHEDULE)).rejects.toThrow(new Error(`Titles that could not be confirmed: ${ASSET}: throttled`));
  expect(catalogue.titles.get("day-0123456789ab")?.publishState).toBe("PUBLISHED");
});

test.each(["somebody-elses", `${ASSET}-99`, "day-0123456789ab-20"])("asset %s is not on record", async (asset) => {
  const { handler, entries } = setup(memoryCatalogue(waitingTitle()));
  await handler(notification("VodAssetPlayable", asset));
  expect(entries).toEqual([{ code: "ASSET_UNKNOWN", fields: { mediaPackageAsset: asset } }]);
});

test("an event that cannot be read is counted and not retried", async () => {
  const { handler, entries } = setup(unexpected<MemoryCatalogue>("catalogue"));
  await handler({ source: "aws.mediapackage", resources: [], detail: { event: "MaxIngestStreamsError" } });
  expect(entries).toEqual([
    {
      code: "EVENT_REJECTED",
      fields: {
        reason:
          'detail.event must be "VodAssetPlayable" or "IngestComplete" or "IngestStart" or "IngestError", got "MaxIngestStreamsError"; ' +
          "resources.0 must be an asset's ARN, got nothing",
      },
    },
  ]);
});
