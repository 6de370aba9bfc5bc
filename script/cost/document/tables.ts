import { markdownTable } from "../../iam/markdown-table";
import { ASSUMED, DEFAULTS, NAMES } from "../assumptions";
import type { Scenario } from "../arguments";
import { billOf } from "../bill";
import type { Facts } from "../facts";
import { cells, money, unitPrice } from "../figures";
import type { Line } from "../line";
import { markOf, type PriceList, priceList, type Tier } from "../prices";
import { NOT_COUNTED } from "../resource-types";

const HEAD = ["Stage", "Service", "What", "Quantity", "Unit", "$ a unit", "$"];

function billTable(lines: readonly Line[], totals: readonly (readonly [string, number])[]): string {
  return markdownTable(HEAD, [
    ...lines.map(cells),
    ...totals.map(([name, dollars]) => [`**${name}**`, "", "", "", "", "", `**${money(dollars)}**`]),
  ]);
}

const billed = (facts: Facts, scenario: Scenario) =>
  billOf({ facts, scenario, assumptions: DEFAULTS, prices: priceList(facts.region) });

/** A month in which nothing is stored and nobody watches, in both topologies. */
export function idle(topologies: readonly Facts[]): string {
  const [first, ...others] = topologies;
  if (!first) throw new Error("no topology to show");
  const nothing = { titles: 0, hours: 0, viewers: 0 };
  const { lines, idle: dollars } = billed(first, nothing);
  const also = others.map((facts) => `In topology \`${facts.topology}\` it is $${money(billed(facts, nothing).idle)}.`);
  return `${billTable(lines, [["idle", dollars]])}\n\n${also.join(" ")}`;
}

/** One bill, whole. */
export function sample(facts: Facts, scenario: Scenario): string {
  const { titles, hours, viewers } = scenario;
  const { lines, total, idle: part, catalogueOnce } = billed(facts, scenario);
  const command = `npm run cost -- ${facts.environment} --titles ${titles} --hours ${hours} --viewers ${viewers}`;
  const totals = [["total", total] as const, ["of it idle", part] as const];
  return [
    `\`\`\`sh\n${command}\n\`\`\``,
    billTable(lines, totals),
    `Preparing all ${titles} titles once costs $${money(catalogueOnce)} beside it.`,
  ].join("\n\n");
}

export function assumptionsTable(): string {
  return markdownTable(
    ["Assumption", "Value", "Allowed", "Meaning"],
    NAMES.map((name) => {
      const { value, minimum, maximum, says } = ASSUMED[name];
      return [`\`${name}\``, String(value), `${minimum} to ${maximum}`, says];
    }),
  );
}

export function notCounted(): string {
  return Object.entries(NOT_COUNTED)
    .map(([type, why]) => `- \`${type}\`: ${why}.`)
    .join("\n");
}

/** Every price with its source, and how far it can be relied on. */
export function prices(list: PriceList): string {
  const step = ({ upTo, usd }: Tier): string =>
    `${unitPrice(usd)}${upTo === null ? "" : ` to ${upTo.toLocaleString("en-US")}`}`;
  const rows = [...list.all].map(([key, price]) => [
    `\`${key}\`${markOf(price)}`,
    price.unit,
    price.tiers.map(step).join(", then "),
    `<${price.source}>`,
    [
      price.note,
      price.seen === undefined ? undefined : `read in ${price.seen.replace(/https:\/\/\S+?(?=[,;)]|\s|$)/g, "<$&>")}`,
    ]
      .filter((text) => text !== undefined)
      .join("; "),
  ]);
  return markdownTable(["Price", "Unit", "$", "Where AWS says it", "Remark"], rows);
}
