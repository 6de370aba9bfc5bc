import data from "./prices.json";

/** One step of a graduated price; `upTo` null: no end. */
export interface Tier {
  /** Units in a month up to which the step holds, counted from the first. */
  readonly upTo: number | null;
  /** US dollars a unit. */
  readonly usd: number;
}

export interface Price {
  readonly unit: string;
  readonly tiers: readonly Tier[];
  /** Whether the figure is this Region's own, or one that holds in all Regions. */
  readonly verified: boolean;
  /** Where AWS says it. */
  readonly source: string;
  /** The copy in which the figure was read; absent: in none. */
  readonly seen?: string;
  readonly note?: string;
  /** Date of reading. */
  readonly read: string;
}

export interface PriceList {
  readonly read: string;
  readonly region: string;
  /** @throws when the list has no such price. */
  price(key: string): Price;
  readonly all: ReadonlyMap<string, Price>;
}

const REGIONS: Readonly<Record<string, Readonly<Record<string, unknown>>>> = data.regions;

/** The prices of a Region, and those of the edge, which are the same for every Region. @throws for a Region without prices. */
export function priceList(region: string): PriceList {
  const regional = REGIONS[region];
  if (!regional) {
    const known = Object.keys(REGIONS).join(", ");
    throw new Error(
      `script/cost/prices.json has no prices for ${region}, only for ${known}: add the Region's, each with its source`,
    );
  }
  const all = new Map(Object.entries({ ...data.edge, ...regional } as Record<string, Price>));
  return {
    read: data.read,
    region,
    all,
    price(key) {
      const found = all.get(key);
      if (!found) throw new Error(`script/cost/prices.json has no ${key} for ${region}`);
      return found;
    },
  };
}

/** Dollars for a month's quantity, each part of it at its own step. */
export function dollarsFor({ tiers }: Price, quantity: number): number {
  let below = 0;
  let dollars = 0;
  for (const { upTo, usd } of tiers) {
    const end = Math.min(quantity, upTo ?? Infinity);
    if (end > below) dollars += (end - below) * usd;
    below = Math.max(below, end);
  }
  return dollars;
}

/** How far a price can be relied on: `""` verified, `~` read for another Region or step, `?` read nowhere. */
export function markOf({ verified, seen }: Price): "" | "~" | "?" {
  return verified ? "" : seen === undefined ? "?" : "~";
}
