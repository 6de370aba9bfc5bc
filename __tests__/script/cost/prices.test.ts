import data from "../../../script/cost/prices.json";
import { dollarsFor, markOf, type Price, priceList } from "../../../script/cost/prices";

const list = priceList("eu-west-1");

test("each part of a quantity is paid for at its own step", () => {
  const egress = list.price("cloudfront.egress");
  expect(dollarsFor(egress, 0)).toBe(0);
  expect(dollarsFor(egress, 10_240)).toBeCloseTo(870.4, 6);
  expect(dollarsFor(egress, 51_200)).toBeCloseTo(870.4 + 40_960 * 0.08, 6);
  expect(dollarsFor(egress, 6_000_000)).toBeCloseTo(
    870.4 + 40_960 * 0.08 + 102_400 * 0.06 + 358_400 * 0.04 + 536_576 * 0.03 + 4_194_304 * 0.025 + 757_120 * 0.02,
    4,
  );
});

test("every price says where AWS says it and when it was read, and one that is not verified says why", () => {
  const dates = /^\d{4}-\d{2}-\d{2}$/;
  expect(data.read).toMatch(dates);
  for (const [key, price] of list.all) {
    expect([key, price.source]).toEqual([key, expect.stringMatching(/^https:\/\/\S+$/)]);
    expect([key, price.read]).toEqual([key, expect.stringMatching(dates)]);
    expect([key, price.verified || (price.note ?? "") !== ""]).toEqual([key, true]);
    expect([key, price.verified && price.seen === undefined]).toEqual([key, false]);
  }
});

test("steps rise and the last has no end", () => {
  for (const { tiers } of list.all.values()) {
    const ends = tiers.map(({ upTo }) => upTo ?? Infinity);
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    expect(ends.indexOf(Infinity)).toBe(ends.length - 1);
  }
});

test("a mark tells how far a price can be relied on", () => {
  const price: Price = { unit: "GB", tiers: [], verified: true, source: "s", seen: "c", read: "2026-11-26" };
  expect(markOf(price)).toBe("");
  expect(markOf({ ...price, verified: false })).toBe("~");
  expect(markOf({ ...price, verified: false, seen: undefined })).toBe("?");
});

test("a Region without prices, and a price that nobody wrote down, are named", () => {
  expect(() => priceList("eu-north-1")).toThrow(
    new Error(
      "script/cost/prices.json has no prices for eu-north-1, only for eu-west-1: add the Region's, each with its source",
    ),
  );
  expect(() => list.price("s3.tape")).toThrow(new Error("script/cost/prices.json has no s3.tape for eu-west-1"));
});
