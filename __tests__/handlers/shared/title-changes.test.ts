import {
  isOutdone,
  MAX_VERSIONS,
  newestWatchable,
  withFailure,
  withLive,
  withNewest,
  withReady,
  withSuperseded,
  withVersion,
  withWithdrawal,
} from "../../../handlers/shared/title-changes";
import { NOW_ISO, title, version } from "../support/titles";

const LATER = "2030-01-02T04:00:00.000Z";

test("a status is stamped when it is first reached, and not again", () => {
  const before = version("1", { status: "PACKAGING", at: { PACKAGING: NOW_ISO } });
  const again = withVersion(title([before]), before, { status: "PACKAGING" }, LATER);
  expect(again.versions["1"]?.at).toEqual({ PACKAGING: NOW_ISO });
  const failed = withFailure(again, before, { stage: "package", code: "X", reason: "why" }, LATER);
  expect(failed.versions["1"]).toMatchObject({
    status: "FAILED",
    at: { PACKAGING: NOW_ISO, FAILED: LATER },
    failure: { stage: "package", code: "X", reason: "why" },
  });
});

test("a title is in the packaging index while any version waits, since the longest waiting", () => {
  const [one, two] = [version("1", { status: "TRANSCODING" }), version("2", { status: "TRANSCODING" })];
  const both = withVersion(
    withVersion(title([one, two]), one, { status: "PACKAGING" }, NOW_ISO),
    two,
    { status: "PACKAGING" },
    LATER,
  );
  expect([both.packagingState, both.packagingSince]).toEqual(["WAITING", NOW_ISO]);
  const waiting = both.versions["1"] ?? one;
  const rest = withFailure(both, waiting, { stage: "package", code: "X", reason: "" }, LATER);
  expect([rest.packagingState, rest.packagingSince]).toEqual(["WAITING", LATER]);
  const none = withReady(rest, rest.versions["2"] ?? two, {}, "automatic", LATER);
  expect([none.packagingState, none.packagingSince]).toEqual([undefined, undefined]);
});

test("a title is in the index of work from its upload until every version is settled, since the oldest upload", () => {
  const [one, two] = [version("1"), version("2", { at: { RECEIVED: LATER } })];
  const both = withNewest(withNewest(title([]), one), two);
  expect([both.workState, both.workSince]).toEqual(["AT_WORK", NOW_ISO]);
  const encoding = withVersion(both, one, { status: "TRANSCODING" }, LATER);
  expect([encoding.workState, encoding.workSince]).toEqual(["AT_WORK", NOW_ISO]);
  const left = withFailure(encoding, one, { stage: "transcode", code: "X", reason: "" }, LATER);
  expect([left.workState, left.workSince]).toEqual(["AT_WORK", LATER]);
  const none = withReady(left, two, {}, "editor", LATER);
  expect([none.workState, none.workSince]).toEqual([undefined, undefined]);
});

test("automatic: a ready version is published and plays, with its poster and length on the title", () => {
  const only = version("1", { status: "PACKAGING", poster: "/posters/p.jpg", durationSeconds: 20 });
  expect(withReady(title([only]), only, { playback: { prefix: "h" } }, "automatic", LATER)).toMatchObject({
    publishState: "PUBLISHED",
    publishedAt: LATER,
    playing: "1",
    poster: "/posters/p.jpg",
    durationSeconds: 20,
    versions: { "1": { status: "PUBLISHED", playback: { prefix: "h" }, at: { READY: LATER, PUBLISHED: LATER } } },
  });
});

test("editor: a ready version waits", () => {
  const only = version("1", { status: "PACKAGING" });
  const ready = withReady(title([only]), only, {}, "editor", LATER);
  expect([ready.publishState, ready.playing, ready.versions["1"]?.status]).toEqual([undefined, undefined, "READY"]);
});

test("a withdrawn title stays withdrawn", () => {
  const only = version("1", { status: "PACKAGING" });
  const ready = withReady(title([only], { publishState: "WITHDRAWN" }), only, {}, "automatic", LATER);
  expect([ready.publishState, ready.playing, ready.versions["1"]?.status]).toEqual(["WITHDRAWN", undefined, "READY"]);
});

test("a newer version takes over and the date of first publication stays", () => {
  const [old, next] = [version("1", { status: "PUBLISHED" }), version("2", { status: "PACKAGING" })];
  const before = title([old, next], { publishState: "PUBLISHED", publishedAt: NOW_ISO, playing: "1" });
  expect(withReady(before, next, {}, "automatic", LATER)).toMatchObject({ playing: "2", publishedAt: NOW_ISO });
});

test("playback never moves back to an older version", () => {
  const [old, next] = [version("1", { status: "PACKAGING" }), version("2", { status: "PUBLISHED" })];
  const before = title([old, next], { publishState: "PUBLISHED", publishedAt: NOW_ISO, playing: "2" });
  const after = withReady(before, old, {}, "automatic", LATER);
  expect([after.playing, after.versions["1"]?.status]).toEqual(["2", "READY"]);
});

test("only a newer version that can be watched outdoes one", () => {
  const one = version("1");
  expect(isOutdone(title([one, version("2", { status: "FAILED" })]), one)).toBe(false);
  expect(isOutdone(title([one, version("2", { status: "TRANSCODING" })]), one)).toBe(false);
  expect(isOutdone(title([one, version("2", { status: "READY" })]), one)).toBe(true);
  expect(isOutdone(title([one, version("0", { status: "READY" })]), one)).toBe(false);
});

describe("the number of versions is bounded", () => {
  const ids = Array.from({ length: MAX_VERSIONS }, (_, index) => (index + 16).toString(16));
  const [oldest = "", second = "", third = ""] = ids;
  const full = title(
    ids.map((id) => version(id, { status: id === second ? "TRANSCODING" : "PUBLISHED" })),
    { playing: oldest },
  );

  test("the oldest that neither plays nor is at work makes room", () => {
    const after = withNewest(full, version("ff"));
    const kept = Object.keys(after.versions);
    expect(kept).toHaveLength(MAX_VERSIONS);
    expect([kept.includes(oldest), kept.includes(second), kept.includes(third)]).toEqual([true, true, false]);
    expect(after.latest).toBe("ff");
  });

  test("a superseded upload does not push the newest out", () => {
    const after = withSuperseded(full, version("01", { status: "SUPERSEDED" }));
    expect(Object.keys(after.versions)).toHaveLength(MAX_VERSIONS);
    expect([after.latest, after.versions["01"]]).toEqual([full.latest, undefined]);
  });
});

test("a title that was withdrawn and is published again keeps its first publication, and is withdrawn no more", () => {
  const only = version("1", { status: "READY", poster: "/posters/p.jpg", durationSeconds: 20 });
  const published = withLive(title([only]), only, NOW_ISO);
  const withdrawn = withWithdrawal(published, LATER);
  expect([withdrawn.publishState, withdrawn.publishedAt, withdrawn.withdrawnAt, withdrawn.playing]).toEqual([
    "WITHDRAWN",
    NOW_ISO,
    LATER,
    "1",
  ]);
  const again = withLive(withdrawn, only, LATER);
  expect([again.publishState, again.publishedAt, again.withdrawnAt]).toEqual(["PUBLISHED", NOW_ISO, undefined]);
});

test("of the versions that can be watched the newest counts, by order and not by name", () => {
  const versions = [
    version("2", { status: "READY" }),
    version("10", { status: "PUBLISHED", order: "0" }),
    version("3", { status: "TRANSCODING" }),
    version("4", { status: "FAILED" }),
  ];
  expect(newestWatchable(title(versions))?.version).toBe("2");
  expect(newestWatchable(title(versions.slice(2)))).toBeUndefined();
});
