import { makeObjectCache, type CachedObject } from "../../../local/edge/object-cache";

const object = (path: string, bytes: number): CachedObject => ({
  path,
  status: 200,
  headers: {},
  body: Buffer.alloc(bytes),
  storedAt: 0,
  expiresAt: 1,
});

test("the object used longest ago makes room", () => {
  const cache = makeObjectCache(3 * (1024 + 100));
  for (const key of ["a", "b", "c"]) cache.put(key, object(key, 100));
  cache.get("a");
  cache.put("d", object("d", 100));
  expect(["a", "b", "c", "d"].filter((key) => cache.get(key))).toEqual(["a", "c", "d"]);
  expect(cache.size()).toBe(3 * (1024 + 100));
});

test("replacing and deleting give their bytes back", () => {
  const cache = makeObjectCache(10_000);
  cache.put("a", object("a", 5_000));
  cache.put("a", object("a", 100));
  cache.put("b", object("b", 100));
  expect(cache.deleteWhere(({ path }) => path === "b")).toBe(1);
  expect(cache.size()).toBe(1_124);
  cache.delete("a");
  expect(cache.size()).toBe(0);
});

test("what is too large for the whole cache is not kept and drives nothing out", () => {
  const cache = makeObjectCache(2_000);
  cache.put("a", object("a", 100));
  cache.put("b", object("b", 5_000));
  expect([cache.get("a")?.path, cache.get("b")]).toEqual(["a", undefined]);
});
