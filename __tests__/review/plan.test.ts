import { readPlan } from "../../review/plan";
import { recorded } from "./plans";

const plan = (more: object) => JSON.stringify({ format_version: "1.2", planned_values: {}, ...more });
const MAKE = "make one with terraform plan -out=FILE and terraform show -json FILE";

test("a recorded plan is read", () => {
  const { resource_changes, output_changes } = readPlan(recorded("update"));
  expect(resource_changes).toHaveLength(8);
  expect(Object.keys(output_changes)).toEqual(["source_bucket"]);
});

test("a plan without any change has no lists", () => {
  expect(readPlan(plan({}))).toMatchObject({ resource_changes: [], output_changes: {}, resource_drift: [] });
});

test.each([
  ["no JSON", "secret-value {", `the file is no JSON: ${MAKE}`],
  ["null", "null", `the file is no plan: ${MAKE}`],
  ["something else", "{}", `the file is no plan in JSON: ${MAKE}`],
  ["a state", JSON.stringify({ format_version: "1.0", values: {} }), `the file is no plan in JSON: ${MAKE}`],
  ["a later format", plan({ format_version: "2.0" }), "the plan's format_version must be 1.x, got 2.0"],
  [
    "an error in the plan",
    recorded("errored"),
    "the plan stopped with an error and shows a part only: mend what terraform plan said, plan again",
  ],
  [
    "a part of the plan",
    recorded("targeted"),
    "the plan is not complete, some changes are deferred or targeted away: plan without -target",
  ],
  [
    "what is deferred",
    plan({ complete: true, deferred_changes: [{}] }),
    "the plan is not complete, some changes are deferred or targeted away: plan without -target",
  ],
])("%s is refused", (_name, text, message) => {
  expect(() => readPlan(text)).toThrow(new Error(message));
});
