import fc from "fast-check";
import { assume, ASSUMED, DEFAULTS, NAMES } from "../../../script/cost/assumptions";
import { billOf } from "../../../script/cost/bill";
import type { Facts } from "../../../script/cost/facts";
import { STAGES } from "../../../script/cost/line";
import { priceList } from "../../../script/cost/prices";
import { SMALL } from "./small";

const prices = priceList("eu-west-1");
const scenarios = fc.record({
  titles: fc.integer({ min: 1, max: 1_000_000 }),
  hours: fc.double({ min: 0, max: 744, noNaN: true }),
  viewers: fc.integer({ min: 0, max: 100_000_000 }),
});
const environments: fc.Arbitrary<Facts> = fc
  .record({
    topology: fc.constantFrom<Facts["topology"]>("mediapackage", "direct"),
    segmentSeconds: fc.integer({ min: 1, max: 10 }),
    requestsPerSegment: fc.constantFrom(1, 2),
    originShield: fc.boolean(),
    slots: fc.boolean(),
    refreshSeconds: fc.integer({ min: 1, max: 3_600 }),
    cache: fc.record({
      manifests: fc.integer({ min: 0, max: 3_600 }),
      segments: fc.integer({ min: 0, max: 31_536_000 }),
    }),
  })
  .map((some) => ({ ...SMALL, ...some }));
const assumptions = fc
  .record(
    Object.fromEntries(
      NAMES.map((name) => [name, fc.double({ min: ASSUMED[name].minimum, max: ASSUMED[name].maximum, noNaN: true })]),
    ),
  )
  .map((some) => ({ ...DEFAULTS, ...some }));

/** Sums of doubles differ in the order of summing. */
const slack = (dollars: number): number => 1e-9 * Math.max(1, dollars);

test("lines sum up to the total, and so do stages; no line is negative or without end", () => {
  fc.assert(
    fc.property(environments, scenarios, assumptions, (facts, scenario, guessed) => {
      const { lines, total, stages } = billOf({ facts, scenario, assumptions: guessed, prices });
      const dollars = lines.map((line) => line.dollars);
      expect(dollars.every((each) => Number.isFinite(each) && each >= 0)).toBe(true);
      const near = (sum: number) => Math.abs(sum - total) <= slack(total);
      expect(near(dollars.reduce((sum, each) => sum + each, 0))).toBe(true);
      expect(near(STAGES.reduce((sum, stage) => sum + stages[stage], 0))).toBe(true);
    }),
  );
});

test.each(["titles", "viewers", "hours"] as const)("more %s are never cheaper", (of) => {
  fc.assert(
    fc.property(environments, scenarios, fc.integer({ min: 1, max: 500 }), assumptions, (facts, few, more, guessed) => {
      const many = { ...few, [of]: few[of] + more };
      const cost = (scenario: typeof few) => billOf({ facts, scenario, assumptions: guessed, prices }).total;
      expect(cost(many)).toBeGreaterThanOrEqual(cost(few) - slack(cost(few)));
    }),
  );
});

test("a month without titles and viewers costs what is called idle, whatever is assumed of them", () => {
  fc.assert(
    fc.property(environments, assumptions, (facts, guessed) => {
      const scenario = { titles: 0, hours: 0, viewers: 0 };
      const { total, idle } = billOf({ facts, scenario, assumptions: guessed, prices });
      expect(total).toBe(idle);
    }),
  );
});

test("an assumption's bounds hold, and its default is within them", () => {
  for (const name of NAMES) {
    const { minimum, maximum, value } = ASSUMED[name];
    expect(value).toBeGreaterThanOrEqual(minimum);
    expect(value).toBeLessThanOrEqual(maximum);
    expect(assume([`${name}=${maximum}`])[name]).toBe(maximum);
  }
});
