import { existsSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readTexts, ROOT } from "./read";

const texts = readTexts();

interface Updates {
  readonly updates: readonly {
    readonly "package-ecosystem": string;
    readonly directories?: readonly string[];
    readonly schedule: { readonly interval: string };
  }[];
}

test.each([
  "/.github/",
  "/environments/",
  "/keys/",
  "/review/",
  "/script/gitops/",
  "/stacks/bootstrap/",
  "/terraform/",
])("%s has owners of its own, and exists", (path) => {
  expect(texts.CODEOWNERS).toMatch(new RegExp(`^${path.replaceAll(".", "\\.")}\\s+@[\\w-]+/[\\w-]+`, "m"));
  expect(existsSync(join(ROOT, path))).toBe(true);
});

test("Dependabot looks weekly at packages and at every place that pins an action", () => {
  const { updates } = parse(texts["dependabot.yml"] ?? "") as Updates;
  expect(updates.map((update) => update["package-ecosystem"])).toEqual(["github-actions", "npm"]);
  for (const { schedule } of updates) expect(schedule.interval).toBe("weekly");
  expect(updates[0]?.directories).toEqual(["/", "/.github/actions/*"]);
});

test.each(["bug.yml", "feature.yml"])(
  "the issue form %s has a name, a description and questions with labels",
  (file) => {
    const form = parse(texts[`ISSUE_TEMPLATE/${file}`] ?? "") as {
      name: string;
      description: string;
      body: { type: string; id?: string; attributes: { label?: string } }[];
    };
    expect([form.name, form.description].every((text) => text.length > 10)).toBe(true);
    const questions = form.body.filter(({ type }) => type !== "markdown");
    expect(questions.length).toBeGreaterThan(1);
    expect(questions.every(({ id, attributes }) => id && attributes.label)).toBe(true);
  },
);
