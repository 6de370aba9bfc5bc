import { createHash } from "node:crypto";
import { ASSET_ID, assetIdOf, parseVersionedId, titleOf, versionedId } from "../../../handlers/shared/asset-id";

const hash = (text: string) => createHash("sha256").update(text).digest("hex").slice(0, 12);

test.each([
  ["uploads/Big Buck_Bunny.mp4", "big-buck-bunny"],
  ["uploads/a+b %20 &c.mov", "a-b-20-c"],
  ["uploads/Überflug – Straße.mp4", "uberflug-stra-e"],
  ["uploads/夜.mp4", "title"],
  ["uploads/.mp4", "mp4"],
  ["uploads/two.dots.mkv", "two-dots"],
  [`uploads/${"x".repeat(39)} tail.mp4`, "x".repeat(39)],
])("%j is readable in its id", (key, slug) => {
  const id = assetIdOf("bucket", key);
  expect(id).toBe(`${slug}-${hash(`bucket/${key}`)}`);
  expect(id).toMatch(ASSET_ID);
});

test("the same name in another folder or bucket is another title", () => {
  const ids = [assetIdOf("a", "x/n.mp4"), assetIdOf("a", "y/n.mp4"), assetIdOf("b", "x/n.mp4")];
  expect(new Set(ids).size).toBe(3);
});

test.each([
  ["uploads/big_buck  bunny.mp4", "big buck bunny"],
  ["uploads/Die Nacht.de.mp4", "Die Nacht.de"],
  ["uploads/___.mp4", "uploads/___.mp4"],
])("the title of %j is %j", (key, title) => expect(titleOf(key)).toBe(title));

test("a versioned id names its title and version again", () => {
  const id = versionedId("a-b-0123456789ab", "0062e99a88dc407460");
  expect(parseVersionedId(id)).toEqual({ assetId: "a-b-0123456789ab", version: "0062e99a88dc407460" });
});

test.each(["", "other", "a-b-0123456789ab", "a-b-0123456789ab-XYZ", "a-b-0123456789ab-"])(
  "%j is no versioned id",
  (id) => expect(parseVersionedId(id)).toBeUndefined(),
);

test.each(["../x-0123456789ab", "A-0123456789ab", "-0123456789ab", "a-0123456789a", "a-0123456789ab\n"])(
  "%j is no asset id",
  (id) => expect(id).not.toMatch(ASSET_ID),
);
