import { RULES } from "./policy/rules";
import { automation, readTexts } from "./read";

const texts = readTexts();
const breaks = RULES.flatMap((rule) =>
  rule.breaks.map((change, index) => ({ id: rule.id, number: index + 1, file: change.file, rule, change })),
);

test("there are rules enough, each once and with its reason", () => {
  const ids = RULES.map(({ id }) => id);
  expect(ids.length).toBeGreaterThanOrEqual(25);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { why } of RULES) expect(why).toMatch(/^[A-Z`].{30,}\.$/);
});

test.each(RULES)("$id: $why", ({ check }) => {
  expect(check(automation(texts))).toEqual([]);
});

test.each(breaks)("$id catches its break $number, in $file", ({ rule, change: { file, from, to } }) => {
  const text = texts[file] ?? "";
  expect(text).toContain(from);
  const broken = automation({ ...texts, [file]: text.replace(from, () => to) });
  expect(rule.check(broken)).not.toEqual([]);
});
