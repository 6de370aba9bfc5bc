import { compileMath } from "../../../../local/services/cloudwatch/metric-math";

const value = (expression: string, values: Record<string, number> = {}) => compileMath(expression)((id) => values[id]);

test.each([
  ["1 + 2 * 3", 7],
  ["(1 + 2) * 3", 9],
  ["8 / 2 / 2", 2],
  ["10 - 2 - 3", 5],
  ["2 >= 2", 1],
  ["1 != 1", 0],
  ["1 + 1 > 1", 1],
  ["IF(2 < 1, 5, 6)", 6],
])("%s is %d", (expression, result) => expect(value(expression)).toBe(result));

test("a metric stands for its value, and what misses one is missing, unless it is filled", () => {
  expect(value("100 * bad / all", { bad: 1, all: 4 })).toBe(25);
  expect(value("bad + all", { all: 4 })).toBeUndefined();
  expect(value("FILL(bad, 0) + all", { all: 4 })).toBe(4);
});

test("a choice needs its condition and what it chooses, not what it leaves", () => {
  expect(value("IF(FILL(bad, 0) >= 3, 100 * bad / all, 0)")).toBe(0);
  expect(value("IF(all > 1, bad, 0)", { all: 2 })).toBeUndefined();
  expect(value("IF(all > 1, bad, 0)", { bad: 9 })).toBeUndefined();
});

test.each([
  ["1 +", 'metric math "1 +": "" was not expected here'],
  ["RATE(m1)", 'metric math "RATE(m1)": "RATE" was not expected here'],
  ["IF(1, 2)", 'metric math "IF(1, 2)": "" was not expected here'],
  ["1 2", 'metric math "1 2": "2" was not expected here'],
  ["a & b", 'metric math "a & b": cannot be read from 1 on'],
])("%s is refused", (expression, message) => expect(() => compileMath(expression)).toThrow(new Error(message)));
