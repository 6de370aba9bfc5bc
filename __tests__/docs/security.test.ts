import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { attackSummary, attackTables, withMade } from "../attacks/document";
import type { Outcome } from "../attacks/attack";
import { ATTACKS } from "../attacks/rows";

const FILE = resolve(__dirname, "../../docs/security.md");
const README = resolve(__dirname, "../../README.md");
const summary = attackSummary(ATTACKS, (anchor) => `docs/security.md#${anchor}`);

test.each([
  ["docs/security.md holds", FILE, attackTables(ATTACKS)],
  ["the README sums up", README, summary],
])("%s the attacks that the tests send; UPDATE_DOCS=1 makes its tables anew", (_, file, tables) => {
  const document = readFileSync(file, "utf8");
  const made = withMade(file, document, tables);
  if (process.env.UPDATE_DOCS === "1") writeFileSync(file, made);
  expect(readFileSync(file, "utf8")).toBe(made);
});

test("every row of the README's table leads to a heading of the whole one", () => {
  const headings = [...attackTables(ATTACKS).matchAll(/^### (.+)$/gm)].map(([, text = ""]) =>
    text
      .toLowerCase()
      .replace(/[^\w -]/g, "")
      .replaceAll(" ", "-"),
  );
  expect([...summary.matchAll(/security\.md#([^)]+)/g)].map(([, anchor]) => anchor)).toEqual(headings);
});

test("there are sixty attacks or more, each with an id of its own, and none may be answered with an error of the server", () => {
  expect(ATTACKS.length).toBeGreaterThanOrEqual(60);
  expect(new Set(ATTACKS.map(({ id }) => id)).size).toBe(ATTACKS.length);
  expect(ATTACKS.filter(({ answer }) => /\b5\d\d\b|stack trace/.test(answer))).toEqual([]);
});

test("what is refused is answered with an error, and what has no effect or is bounded is not", () => {
  const got = (answer: string): boolean => /^2\d\d/.test(answer);
  expect(ATTACKS.filter(({ outcome, answer }) => outcome === "refused" && got(answer))).toEqual([]);
  const other = ["no effect", "bounded"];
  expect(ATTACKS.filter(({ outcome, answer }) => other.includes(outcome) && !got(answer))).toEqual([]);
});

test("the README counts them, by outcome", () => {
  const count = (outcome: Outcome): number => ATTACKS.filter((attack) => attack.outcome === outcome).length;
  const counted = `**${ATTACKS.length} attacks**: ${count("refused")} refused, ${count("by the URL")} judged by the signed URL, ${count("no effect")} without effect, ${count("bounded")} bounded in time`;
  expect(/\*\*\d+ attacks\*\*[^.;]*(?=[.;])/.exec(readFileSync(README, "utf8"))?.[0]).toBe(counted);
});

test("a document without its marks is refused", () => {
  expect(() => withMade("docs/security.md", "# Security", "t")).toThrow(
    "docs/security.md: <!-- attacks: begin --> and <!-- attacks: end --> must stand in it once",
  );
});
