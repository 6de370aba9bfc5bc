import { DEFAULTS } from "../assumptions";
import { type Bill, billOf } from "../bill";
import type { Facts } from "../facts";
import type { Scenario } from "../arguments";
import { priceList } from "../prices";

/**
 * The example that the design was given: a streaming service with 8,000 titles and 120,000 subscribers, of which a few
 * thousand watch at any time, and what it is said to pay in a month.
 */
export const EXAMPLE = {
  titles: 8_000,
  viewers: 120_000,
  watching: 3_000,
  /** Of the edge, as the example measured it. */
  hitRatio: 0.97,
  dollars: { egress: 2_600, mediapackage: 500, mediaconvert: 700, s3: 250, entitlement: 150 },
  total: 4_200,
} as const;

/** Hours a viewer and month that the example's egress pays for at list prices. */
export const PAID_HOURS = 0.19;
/** Hours a viewer and month when as many watch round the clock as the example says: 3,000 × 730 h by 120,000 people. */
export const SAID_HOURS = (EXAMPLE.watching * 730) / EXAMPLE.viewers;

/** The bill of the example's catalogue and audience in an environment, for so many hours each. */
export function exampleBill(facts: Facts, hours: number): Bill {
  const scenario: Scenario = { titles: EXAMPLE.titles, hours, viewers: EXAMPLE.viewers };
  const assumptions = { ...DEFAULTS, segmentHitRatio: EXAMPLE.hitRatio };
  return billOf({ facts, scenario, assumptions, prices: priceList(facts.region) });
}
