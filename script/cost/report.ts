import type { CostArguments } from "./arguments";
import { ASSUMED, NAMES } from "./assumptions";
import type { Bill } from "./bill";
import type { Facts } from "./facts";
import { cells, money } from "./figures";
import type { PriceList } from "./prices";

export interface Reported {
  readonly typed: CostArguments;
  readonly facts: Facts;
  readonly prices: PriceList;
  readonly bill: Bill;
}

/** The bill as a table for people. */
export function table({ typed, facts, prices, bill }: Reported): string {
  const { titles, hours, viewers } = typed.scenario;
  const rows = bill.lines.map(cells);
  const changed = NAMES.filter((name) => typed.assumptions[name] !== ASSUMED[name].value);
  const assumed = changed.map((name) => `, ${name}=${typed.assumptions[name]}`).join("");
  return [
    `${facts.environment} in ${facts.region}, topology ${facts.topology}: ${titles} titles, ${viewers} viewers, ${hours} hours each${assumed}`,
    "",
    ...aligned([["stage", "service", "what", "quantity", "unit", "$ a unit", "$"], ...rows]),
    "",
    `total        $${money(bill.total)} a month`,
    `idle         $${money(bill.idle)} of it, with nothing stored and nobody watching`,
    `once         $${money(bill.catalogueOnce)} to prepare all titles, beside the total`,
    "",
    `List prices read ${prices.read}, no free allowance deducted, before taxes. ~ read for another Region or step, ? read nowhere.`,
    "",
  ].join("\n");
}

/** The same for machines, with every price's source. */
export function machineReadable({ typed, facts, prices, bill }: Reported): string {
  const used = [...new Set(bill.lines.map(({ price }) => price))];
  const document = {
    environment: facts.environment,
    region: facts.region,
    topology: facts.topology,
    scenario: typed.scenario,
    assumptions: typed.assumptions,
    currency: "USD",
    pricesRead: prices.read,
    ...bill,
    prices: Object.fromEntries(used.map((key) => [key, prices.price(key)])),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const NUMBERS = new Set([3, 5, 6]);

function aligned(rows: readonly (readonly string[])[]): string[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, at) => (NUMBERS.has(at) ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}
