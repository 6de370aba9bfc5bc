import { DEFAULTS } from "../../../script/cost/assumptions";
import { type Bill, billOf } from "../../../script/cost/bill";
import type { Scenario } from "../../../script/cost/arguments";
import type { Facts } from "../../../script/cost/facts";
import { priceList } from "../../../script/cost/prices";

/** An environment of round numbers: a rung of 1 Mbit/s and one of 3 Mbit/s, sound included. */
export const SMALL: Facts = {
  environment: "dev",
  region: "eu-west-1",
  topology: "mediapackage",
  ladder: [
    { group: "hls", size: "sd", bitsPerSecond: 1_000_000 },
    { group: "hls", size: "hd", bitsPerSecond: 3_000_000 },
  ],
  downloads: [],
  segmentSeconds: 4,
  requestsPerSegment: 1,
  cache: { manifests: 5, segments: 31_536_000 },
  originShield: true,
  queue: { plan: "ON_DEMAND" },
  coldAfterDays: 90,
  refreshSeconds: 180,
  slots: false,
  mintMegabytes: 512,
  userPool: "essentials",
  firewall: { acls: 1, rules: 6, groups: 1, botControl: false },
  keys: 5,
  secrets: 2,
  schedules: [{ handler: "confirm_playable", callsAMonth: 43_800, megabytes: 256 }],
  watched: { alarmMetrics: 4, compositeAlarms: 0, dashboards: 0, ownMetrics: 0 },
  logDays: 90,
  traced: false,
};

/** A hundred titles of an hour, five of them new; a thousand people watch ten hours each, and every twentieth segment is fetched. */
export const SCENARIO: Scenario = { titles: 100, hours: 10, viewers: 1_000 };
export const ASSUMPTIONS = { ...DEFAULTS, titleMinutes: 60, newTitlesShare: 0.05 };

export function bill(facts: Partial<Facts> = {}, scenario: Partial<Scenario> = {}): Bill {
  return billOf({
    facts: { ...SMALL, ...facts },
    scenario: { ...SCENARIO, ...scenario },
    assumptions: ASSUMPTIONS,
    prices: priceList("eu-west-1"),
  });
}

/** Quantity and dollars of the line with these words. */
export function line(of: Bill, service: string, what: string): { quantity: number; dollars: number } {
  const found = of.lines.filter((each) => each.service === service && each.what === what);
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${found.length} lines of ${service}: ${what}`);
  return { quantity: only.quantity, dollars: only.dollars };
}
