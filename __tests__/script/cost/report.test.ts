import { machineReadable, type Reported, table } from "../../../script/cost/report";
import { priceList } from "../../../script/cost/prices";
import { ASSUMPTIONS, bill, SCENARIO, SMALL } from "./small";

const reported: Reported = {
  typed: { environment: "dev", scenario: SCENARIO, assumptions: ASSUMPTIONS },
  facts: SMALL,
  prices: priceList("eu-west-1"),
  bill: bill(),
};

test("people read a table with what was asked above it and the totals below", () => {
  const lines = table(reported).split("\n");
  expect(lines[0]).toBe(
    "dev in eu-west-1, topology mediapackage: 100 titles, 1000 viewers, 10 hours each, titleMinutes=60, newTitlesShare=0.05",
  );
  expect(lines.find((line) => line.includes("to viewers"))).toMatch(
    /^deliver +CloudFront +to viewers +8,382 +GB +0\.085 +712\.51$/,
  );
  expect(lines.find((line) => line.includes("mezzanines, cold"))).toMatch(/ 0\.004\? +7\.14$/);
  expect(lines).toContain("idle         $18.26 of it, with nothing stored and nobody watching");
  expect(lines).toContain("once         $218.70 to prepare all titles, beside the total");
});

test("machines read the same, with every price that was used and its source", () => {
  const read = JSON.parse(machineReadable(reported)) as Record<string, unknown>;
  const { bill: made } = reported;
  expect(read).toMatchObject({ environment: "dev", currency: "USD", scenario: SCENARIO, total: made.total });
  expect(Object.keys(read.prices as object).sort()).toEqual([...new Set(made.lines.map(({ price }) => price))].sort());
});
