import { SegmentCache } from "../../../../local/services/mediapackage/segment-cache";

const never = () => Promise.reject(new Error("must come from the cache"));

describe("the cache of packaged segments", () => {
  it("makes a segment once for all who ask at the same time", async () => {
    const cache = new SegmentCache(100);
    let made = 0;
    const make = () => {
      made += 1;
      return new Promise<Buffer>((resolve) => setImmediate(() => resolve(Buffer.from("x"))));
    };
    const bodies = await Promise.all([cache.get("a", make), cache.get("a", make), cache.get("a", make)]);
    expect(bodies.map(String)).toEqual(["x", "x", "x"]);
    expect(made).toBe(1);
    expect(String(await cache.get("a", never))).toBe("x");
  });

  it("lets go of the longest unused when it is full", async () => {
    const cache = new SegmentCache(2);
    for (const key of ["a", "b"]) await cache.get(key, () => Promise.resolve(Buffer.alloc(1)));
    await cache.get("a", never);
    await cache.get("c", () => Promise.resolve(Buffer.alloc(1)));
    await cache.get("a", never);
    await expect(cache.get("b", never)).rejects.toThrow("must come from the cache");
  });

  it("does not give up everything for a segment that is too large", async () => {
    const cache = new SegmentCache(2);
    await cache.get("a", () => Promise.resolve(Buffer.alloc(1)));
    expect((await cache.get("big", () => Promise.resolve(Buffer.alloc(3)))).length).toBe(3);
    await cache.get("a", never);
  });

  it("tries again after a failure", async () => {
    const cache = new SegmentCache(2);
    await expect(cache.get("a", () => Promise.reject(new Error("gone")))).rejects.toThrow("gone");
    expect(String(await cache.get("a", () => Promise.resolve(Buffer.from("x"))))).toBe("x");
  });

  it("forgets an asset, and what is being made of it", async () => {
    const cache = new SegmentCache(10);
    await cache.get("a/1", () => Promise.resolve(Buffer.from("x")));
    const slow = cache.get("a/2", () => new Promise((resolve) => setImmediate(() => resolve(Buffer.from("y")))));
    cache.forget("a/");
    expect(String(await slow)).toBe("y");
    for (const key of ["a/1", "a/2"]) await expect(cache.get(key, never)).rejects.toThrow("must come from the cache");
  });
});
