import { readArguments, USAGE } from "../../../script/cost/arguments";
import { DEFAULTS } from "../../../script/cost/assumptions";

const typed = { positionals: ["prod"], titles: "500", hours: "6.5", viewers: "2000" };

test("an environment, a scenario and what is assumed in place of a guess", () => {
  expect(readArguments({ ...typed, topology: "direct", assume: ["titleMinutes=90", "qvbrShare=0.7"] })).toEqual({
    environment: "prod",
    topology: "direct",
    scenario: { titles: 500, hours: 6.5, viewers: 2000 },
    assumptions: { ...DEFAULTS, titleMinutes: 90, qvbrShare: 0.7 },
  });
  expect(readArguments(typed)).toMatchObject({ topology: undefined, assumptions: DEFAULTS });
});

test("nothing at all is a scenario too: what it costs to have it", () => {
  const { scenario } = readArguments({ positionals: ["dev"], titles: "0", hours: "0", viewers: "0" });
  expect(scenario).toEqual({ titles: 0, hours: 0, viewers: 0 });
});

test.each([
  [{ positionals: ["local"] }, '<env> must be one of dev, staging, prod, got "local"'],
  [{ positionals: [] }, '<env> must be one of dev, staging, prod, got ""'],
  [{ positionals: ["prod", "dev"] }, "one environment at a time, got dev besides"],
  [{ topology: "both" }, '--topology must be one of mediapackage, direct, got "both"'],
  [{ titles: undefined }, '--titles must be a whole number from 0 to 1000000, got ""'],
  [{ titles: "1e3" }, '--titles must be a whole number from 0 to 1000000, got "1e3"'],
  [{ titles: "1.5" }, '--titles must be a whole number from 0 to 1000000, got "1.5"'],
  [{ titles: "1000001" }, '--titles must be a whole number from 0 to 1000000, got "1000001"'],
  [{ hours: "745" }, '--hours must be a number from 0 to 744, got "745"'],
  [{ hours: "-1" }, '--hours must be a number from 0 to 744, got "-1"'],
  [{ viewers: "many" }, '--viewers must be a whole number from 0 to 100000000, got "many"'],
  [{ titles: "0" }, "--titles must be 1 or more where somebody watches, got 0"],
  [{ assume: ["segmentHitRatio=1"] }, '--assume segmentHitRatio must be a number from 0 to 0.999, got "1"'],
  [{ assume: ["titleMinutes"] }, '--assume titleMinutes must be a number from 1 to 600, got ""'],
])("%j is refused", (different, message) => {
  expect(() => readArguments({ ...typed, ...different })).toThrow(new Error(message));
});

test("an assumption that there is not is answered with those that there are", () => {
  expect(() => readArguments({ ...typed, assume: ["luck=1"] })).toThrow(
    new Error(`--assume must name one of ${Object.keys(DEFAULTS).join(", ")}, got "luck=1"`),
  );
});

test("the help names every assumption with its value", () => {
  for (const [name, value] of Object.entries(DEFAULTS)) expect(USAGE).toContain(`${name}=${value} `);
});
