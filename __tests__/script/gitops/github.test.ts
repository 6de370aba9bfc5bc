import { reportDrift } from "../../../script/gitops/drift";
import { ghIn } from "../../../script/gitops/gh";
import type { MadePlan } from "../../../script/gitops/make-plan";
import { fakeGithub } from "./fake-github";

const plan = (changes: boolean): MadePlan => ({
  changes,
  summary: { digest: "d", changes: [] },
  markdown: "## the list",
  file: "f",
});

describe("drift", () => {
  const url = "https://github.com/run/1";
  const look = (github: ReturnType<typeof fakeGithub>, changes: boolean, environment = "dev") =>
    reportDrift(plan(changes), { gh: ghIn("o/r", {}, github.run), environment, url });

  it("is one issue an environment: opened, updated, closed, and opened again", async () => {
    const github = fakeGithub();
    const outcomes = [];
    for (const changes of [false, true, true, false, false, true]) outcomes.push(await look(github, changes));
    expect(outcomes).toEqual(["none", "opened", "updated", "closed", "none", "reopened"]);
    expect(github.issues).toMatchObject([
      { title: "Drift: dev", state: "OPEN", comments: [`The plan of main is empty again: ${url}.`] },
    ]);
    expect(github.issues[0]?.body).toContain("## the list");
    expect(github.issues[0]?.body).toContain(`Found by ${url}.`);
  });

  it("of another environment is another issue", async () => {
    const github = fakeGithub();
    await look(github, true);
    await look(github, true, "prod");
    expect(await look(github, false, "staging")).toBe("none");
    expect(github.issues.map(({ title, state }) => `${title} ${state}`)).toEqual([
      "Drift: dev OPEN",
      "Drift: prod OPEN",
    ]);
  });
});

it.each([
  ["set the GH_TOKEN environment variable", "gh has no token: set GH_TOKEN, on a laptop run gh auth login"],
  ["HTTP 404: Not Found", "gh issue list failed: HTTP 404: Not Found"],
])("says what is wrong: %s", async (stderr, message) => {
  const gh = ghIn("o/r", {}, async () => ({ status: 4, stdout: "", stderr }));
  await expect(gh(["issue", "list", "--state", "all"])).rejects.toThrow(message);
});
