import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { withBlock } from "../../script/made-block";
import { comparison, ROWS } from "../../script/cost/document/comparison";
import { differences } from "../../script/cost/document/differences";
import { EXAMPLE, exampleBill, PAID_HOURS, SAID_HOURS } from "../../script/cost/document/example";
import { assumptionsTable, idle, notCounted, prices, sample } from "../../script/cost/document/tables";
import { factsOf, type Facts } from "../../script/cost/facts";
import { priceList } from "../../script/cost/prices";
import { environment, synthesised } from "../support/synthesised";

const FILE = resolve(__dirname, "../../docs/cost.md");

const facts = (topology: Facts["topology"]): Facts => {
  const of = environment("prod", topology);
  return factsOf(of, synthesised(of).document.resource);
};
const [mediapackage, direct] = [facts("mediapackage"), facts("direct")];

const BLOCKS: Readonly<Record<string, string>> = {
  idle: idle([mediapackage, direct]),
  sample: sample(mediapackage, { titles: 500, hours: 6, viewers: 2_000 }),
  comparison: comparison(mediapackage),
  differences: differences(mediapackage),
  assumptions: assumptionsTable(),
  "not-counted": notCounted(),
  prices: prices(priceList("eu-west-1")),
};

test("every figure of docs/cost.md is what the command computes; UPDATE_DOCS=1 makes them anew", () => {
  const made = Object.entries(BLOCKS).reduce(
    (document, [name, block]) => withBlock("docs/cost.md", document, name, block),
    readFileSync(FILE, "utf8"),
  );
  if (process.env.UPDATE_DOCS === "1") writeFileSync(FILE, made);
  expect(readFileSync(FILE, "utf8")).toBe(made);
});

test.each([PAID_HOURS, SAID_HOURS])("with %d hours every line of the bill is in one row of the comparison", (hours) => {
  const { lines } = exampleBill(mediapackage, hours);
  expect(lines.filter((line) => ROWS.filter(({ of }) => of(line)).length !== 1)).toEqual([]);
});

test("the hours that are compared are those that the example's egress pays for, within two per cent", () => {
  const egress = exampleBill(mediapackage, PAID_HOURS).lines.find(({ price }) => price === "cloudfront.egress");
  expect(Math.abs((egress?.dollars ?? 0) / EXAMPLE.dollars.egress - 1)).toBeLessThan(0.02);
});

test("a block's marks stand once, or the document is refused", () => {
  const refused = new Error("a.md: <!-- x: begin --> and <!-- x: end --> must stand in it once");
  expect(() => withBlock("a.md", "# A", "x", "t")).toThrow(refused);
  const twice = "<!-- x: begin --><!-- x: end -->".repeat(2);
  expect(() => withBlock("a.md", twice, "x", "t")).toThrow(refused);
});
