import { added, countOf } from "../../emulator/inventory";

const BEFORE = { "kms: aliases": ["alias/aws/s3"] };
const AFTER = { "kms: aliases": ["alias/aws/s3", "alias/vod"], "s3: buckets": ["a", "b"] };

test("what was added is named with its service", () => {
  expect(added(BEFORE, AFTER)).toEqual(["kms: aliases: alias/vod", "s3: buckets: a", "s3: buckets: b"]);
  expect(added(AFTER, BEFORE)).toEqual([]);
});

test("everything is counted once", () => {
  expect(countOf(AFTER)).toBe(4);
});
