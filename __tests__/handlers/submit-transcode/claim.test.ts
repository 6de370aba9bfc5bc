import { assetIdOf } from "../../../handlers/shared/asset-id";
import { orderAfter, orderOf } from "../../../handlers/shared/version-order";
import { claimMezzanine, claimSideCar } from "../../../handlers/submit-transcode/claim";
import { NOW_ISO, title, version } from "../support/titles";

const upload = { bucket: "source", key: "uploads/night.mp4", etag: "e2", sequencer: "20", versionId: "v2", bytes: 5 };
const lease = { now: NOW_ISO, until: "2030-01-02T03:05:05.000Z" };
const english = { key: "uploads/night.en.vtt", etag: "c1", language: "en" };

describe("a mezzanine", () => {
  test("of a new title is received, under a lease", () => {
    const { write, result } = claimMezzanine(undefined, upload, lease);
    expect(result).toBe("claimed");
    expect(write).toMatchObject({
      assetId: assetIdOf("source", "uploads/night.mp4"),
      title: "night",
      latest: "20",
      versions: {
        "20": {
          status: "RECEIVED",
          order: orderOf("20"),
          source: { etag: "e2", versionId: "v2", bytes: 5 },
          leaseUntil: lease.until,
          at: { RECEIVED: NOW_ISO },
        },
      },
    });
  });

  test("uploaded again is a new version beside the one that plays", () => {
    const before = title([version("10", { status: "PUBLISHED" })], { playing: "10", publishState: "PUBLISHED" });
    const { write, result } = claimMezzanine(before, upload, lease);
    expect([result, write?.latest, write?.playing, Object.keys(write?.versions ?? {})]).toEqual([
      "claimed",
      "20",
      "10",
      ["10", "20"],
    ]);
  });

  test("that comes after a newer one is put on record and not prepared", () => {
    const { write, result } = claimMezzanine(title([version("30")]), upload, lease);
    expect([result, write?.latest]).toEqual(["superseded", "30"]);
    expect(write?.versions["20"]).toMatchObject({ status: "SUPERSEDED", at: { SUPERSEDED: NOW_ISO } });
    expect(write?.versions["20"]?.leaseUntil).toBeUndefined();
  });

  test("that is at work elsewhere is left to it", () => {
    const held = title([version("20", { leaseUntil: lease.until })]);
    expect(claimMezzanine(held, upload, lease)).toEqual({ result: "busy" });
  });

  test.each([
    ["ran out", NOW_ISO],
    ["was given back", undefined],
  ])("is taken over when the lease %s", (_, leaseUntil) => {
    const { write, result } = claimMezzanine(title([version("20", { leaseUntil })]), upload, lease);
    expect([result, write?.versions["20"]?.leaseUntil]).toEqual(["claimed", lease.until]);
  });

  test("that was broken off and then overtaken is superseded", () => {
    const { write, result } = claimMezzanine(title([version("20"), version("30")]), upload, lease);
    expect([result, write?.versions["20"]?.status]).toEqual(["superseded", "SUPERSEDED"]);
  });

  test.each(["TRANSCODING", "PACKAGING", "READY", "PUBLISHED", "FAILED", "SUPERSEDED"] as const)(
    "that is %s already is a duplicate",
    (status) => {
      expect(claimMezzanine(title([version("20", { status })]), upload, lease)).toEqual({ result: "duplicate" });
    },
  );
});

describe("captions", () => {
  test("that come after the job are a new version of the same mezzanine", () => {
    const before = title([version("20", { status: "PUBLISHED", source: { etag: "e1", versionId: "v1" } })], {
      playing: "20",
    });
    const { write, result } = claimSideCar(before, "1f", [english], lease);
    expect([result, write?.latest]).toEqual(["claimed", "1f"]);
    expect(write?.versions["1f"]).toMatchObject({
      status: "RECEIVED",
      source: { etag: "e1", versionId: "v1" },
      sideCars: [english],
      order: orderAfter(orderOf("20")),
    });
  });

  test("that the newest version has already change nothing", () => {
    const before = title([version("20", { status: "TRANSCODING", sideCars: [english] })]);
    expect(claimSideCar(before, "30", [english], lease)).toEqual({ result: "included" });
  });

  test("that were replaced are prepared again", () => {
    const before = title([version("20", { status: "PUBLISHED", sideCars: [english] })]);
    expect(claimSideCar(before, "30", [{ ...english, etag: "c2" }], lease).result).toBe("claimed");
  });

  test("delivered again are a duplicate", () => {
    const before = title([version("20"), version("30", { status: "TRANSCODING" })]);
    expect(claimSideCar(before, "30", [english], lease)).toEqual({ result: "duplicate" });
  });

  test("without a title on record are left to the mezzanine's own event", () => {
    expect(claimSideCar(undefined, "30", [english], lease)).toEqual({ result: "unknown" });
  });
});
