import { github } from "./github-parser";
import { automation, readTexts } from "./read";

const texts = readTexts();
const trace = new github.NoOperationTraceWriter();

async function problems(path: string, content: string): Promise<string[]> {
  if (path.startsWith("actions/")) {
    return github.parseAction({ name: path, content }, trace).context.errors.getErrors().map(String);
  }
  const { context, value } = github.parseWorkflow({ name: path, content }, trace);
  if (value) await github.convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
}

const files = Object.keys(texts).filter((path) => /^(workflows\/.+|actions\/.+\/action)\.yml$/.test(path));

test("the workflows of the design are there, with the three that are called", () => {
  const called = ["_deploy.yml", "_drift.yml", "_plan.yml"];
  const triggered = ["apply.yml", "ci.yml", "destroy.yml", "drift.yml", "plan.yml"];
  expect(Object.keys(automation(texts).workflows).sort()).toEqual([...called, ...triggered]);
});

test.each(files)("GitHub's own parser accepts %s", async (path) => {
  expect(await problems(path, texts[path] ?? "")).toEqual([]);
});

test.each([
  ["workflows/plan.yml", "runs-on: ubuntu-24.04", "runs-in: ubuntu-24.04", "Unexpected value 'runs-in'"],
  ["workflows/plan.yml", "id-token: write", "id-token: maybe", "Unexpected value 'maybe'"],
  [
    "workflows/_deploy.yml",
    "needs: [plan, second-approval]",
    "needs: [plan, nobody]",
    "Job 'apply' depends on unknown job 'nobody'.",
  ],
  ["workflows/apply.yml", "vars.VOD_ACCOUNT_DEV != ''", "vars.VOD_ACCOUNT_DEV !! ''", "Unexpected symbol"],
  ["actions/prepare/action.yml", "using: composite", "using: compost", "Unexpected value 'compost'"],
])("and refuses %s with %s changed to %s", async (path, from, to, message) => {
  const changed = (texts[path] ?? "").replace(from, to);
  expect(changed).not.toBe(texts[path]);
  expect((await problems(path, changed)).join("\n")).toContain(message);
});
