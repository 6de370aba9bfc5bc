import { statistic } from "../../../../local/services/cloudwatch/statistic";

test.each([
  ["Sum", 10],
  ["Average", 2.5],
  ["Minimum", 1],
  ["Maximum", 4],
  ["SampleCount", 4],
  ["p50", 2],
  ["p90", 4],
  ["p0", 1],
  ["p100", 4],
])("%s of 4, 1, 3 and 2 is %d", (name, value) => {
  expect(statistic(name, [4, 1, 3, 2])).toBe(value);
});

test("there is no statistic of nothing", () => expect(statistic("Sum", [])).toBeUndefined());

test("an unknown statistic is refused with those there are", () => {
  expect(() => statistic("Median", [1])).toThrow(
    new Error("statistic must be one of Sum, Average, Minimum, Maximum, SampleCount or p0 to p100, got Median"),
  );
});
