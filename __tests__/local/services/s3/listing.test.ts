import { compareKeys } from "../../../../local/services/s3/key-order";
import { listKeys } from "../../../../local/services/s3/listing";

const KEYS = ["a", "a/1", "a/2/x", "a/2/y", "b", "b/1", "c/1", "c/2", "\uffee", "🎬"];
const list = (query: Partial<Parameters<typeof listKeys>[1]>) =>
  listKeys(KEYS, { prefix: "", delimiter: "", after: "", limit: 1000, ...query });

it("orders keys as their UTF-8 bytes do", () => {
  const shuffled = [...KEYS].reverse();
  expect(shuffled.sort(compareKeys)).toEqual(KEYS);
  expect([...KEYS].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))).toEqual(KEYS);
});

it.each([1, 2, 3, 4, 100])("pages of %d show everything once, in order", (limit) => {
  const seen: string[] = [];
  for (let after = ""; ;) {
    const { keys, commonPrefixes, next } = list({ delimiter: "/", after, limit });
    expect(keys.length + commonPrefixes.length).toBeLessThanOrEqual(limit);
    seen.push(...[...keys, ...commonPrefixes].sort(compareKeys));
    if (next === undefined) break;
    after = next;
  }
  expect(seen).toEqual(["a", "a/", "b", "b/", "c/", "\uffee", "🎬"]);
});

it("says that a page is the last when it is just full", () => {
  expect(list({ limit: KEYS.length }).next).toBeUndefined();
  expect(list({ prefix: "c/", limit: 2 })).toEqual({ keys: ["c/1", "c/2"], commonPrefixes: [] });
  expect(list({ prefix: "c/", limit: 1 }).next).toBe("c/1");
});

it("folds below a prefix only", () => {
  expect(list({ prefix: "a/", delimiter: "/" })).toEqual({ keys: ["a/1"], commonPrefixes: ["a/2/"] });
  expect(list({ prefix: "a", after: "a/1" }).keys).toEqual(["a/2/x", "a/2/y"]);
  expect(list({ limit: 0 })).toEqual({ keys: [], commonPrefixes: [] });
});
