import { postComment } from "../../../script/gitops/comment";
import { reportDrift } from "../../../script/gitops/drift";
import { ghIn } from "../../../script/gitops/gh";
import type { MadePlan } from "../../../script/gitops/make-plan";
import type { Outcome } from "../../../script/gitops/command";
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

describe("the comment on a pull request", () => {
  function recorded(found: string, outcome: Partial<Outcome> = {}) {
    const calls: { args: readonly string[]; input?: string }[] = [];
    const gh = ghIn("o/r", { GH_TOKEN: "t" }, async (_, args, { input }) => {
      calls.push({ args, input });
      return { status: 0, stdout: args.includes("--jq") ? found : "", stderr: "", ...outcome };
    });
    return { calls, gh };
  }
  const request = { environment: "dev", pullRequest: 5, markdown: "## list" };
  const body = JSON.stringify({ body: "<!-- vod-plan: dev -->\n## list" });

  it("is written once, and only the workflow's own comments are looked at", async () => {
    const { calls, gh } = recorded("");
    expect(await postComment({ gh, ...request })).toBe("created");
    expect(calls[0]?.args.at(-1)).toBe(
      '.[] | select(.user.login == "github-actions[bot]") | select(.body | startswith("<!-- vod-plan: dev -->")) | .id',
    );
    expect(calls[1]).toEqual({
      args: ["api", "--method", "POST", "repos/o/r/issues/5/comments", "--input", "-"],
      input: body,
    });
  });

  it("is rewritten afterwards", async () => {
    const { calls, gh } = recorded("81\n82\n");
    expect(await postComment({ gh, ...request })).toBe("updated");
    expect(calls[1]).toEqual({
      args: ["api", "--method", "PATCH", "repos/o/r/issues/comments/81", "--input", "-"],
      input: body,
    });
  });

  it("never exceeds what GitHub takes", async () => {
    const { calls, gh } = recorded("");
    await expect(postComment({ gh, ...request, markdown: "x".repeat(65_536) })).rejects.toMatchObject({
      message: "the comment has 65559 characters, GitHub takes 65536: make the report with npm run review, which folds",
      exit: 2,
    });
    expect(calls).toEqual([]);
  });

  it.each([
    ["set the GH_TOKEN environment variable", "gh has no token: set GH_TOKEN, on a laptop run gh auth login"],
    ["HTTP 404: Not Found", "gh api --paginate failed: HTTP 404: Not Found"],
  ])("says what is wrong: %s", async (stderr, message) => {
    const { gh } = recorded("", { status: 4, stderr });
    await expect(postComment({ gh, ...request })).rejects.toThrow(message);
  });
});
