import { TimedValues } from "../../../../local/services/cognito/timed-values";

test("a value is there for its time, and gone once it was taken", () => {
  let now = 0;
  const values = new TimedValues<string>(10, () => now);
  const [kept, taken] = [values.put("kept"), values.put("taken")];
  expect([values.get(kept), values.take(taken), values.get(taken)]).toEqual(["kept", "taken", undefined]);
  now = 9_999;
  expect(values.get(kept)).toBe("kept");
  now = 10_000;
  expect([values.get(kept), values.take(kept), values.get("made up")]).toEqual([undefined, undefined, undefined]);
});
