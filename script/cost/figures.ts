import type { Line } from "./line";

/** Dollars and cents. */
export const money = (dollars: number): string =>
  dollars.toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Three significant figures below a hundred, whole numbers above. */
export const quantity = (count: number): string =>
  count.toLocaleString("en-US", count >= 100 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 3 });

/** As many digits as it takes, and no exponent. */
export const unitPrice = (dollars: number): string =>
  dollars.toLocaleString("en-US", { maximumSignificantDigits: 3, minimumFractionDigits: 2, maximumFractionDigits: 12 });

/** A line of the bill as cells of a table: stage, service, what, quantity, unit, price with its mark, dollars. */
export const cells = (line: Line): string[] => [
  line.stage,
  line.service,
  line.what,
  quantity(line.quantity),
  line.unit,
  `${unitPrice(line.unitPrice)}${line.mark}`,
  money(line.dollars),
];
