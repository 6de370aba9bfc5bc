import { dollarsFor, markOf, type PriceList } from "./prices";

export const STAGES = ["ingest", "transcode", "package", "deliver", "entitle", "operate"] as const;
export type Stage = (typeof STAGES)[number];

/** One line of the bill. */
export interface Line {
  readonly stage: Stage;
  readonly service: string;
  readonly what: string;
  readonly quantity: number;
  readonly unit: string;
  /** Key in the price list. */
  readonly price: string;
  /** Dollars a unit; the average, where the price has steps. */
  readonly unitPrice: number;
  readonly dollars: number;
  /** How far the price can be relied on. */
  readonly mark: "" | "~" | "?";
}

/** `quantity` units at a price of the list. */
export type Charge = (service: string, what: string, quantity: number, price: string) => Line;

/** Makes a stage's lines out of a list of prices. */
export function chargesOf(stage: Stage, prices: PriceList): Charge {
  return (service, what, quantity, key) => {
    const price = prices.price(key);
    const dollars = dollarsFor(price, quantity);
    const unitPrice = quantity === 0 ? (price.tiers[0]?.usd ?? 0) : dollars / quantity;
    return { stage, service, what, quantity, unit: price.unit, price: key, unitPrice, dollars, mark: markOf(price) };
  };
}
