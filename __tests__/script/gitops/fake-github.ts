import type { Run } from "../../../script/gitops/command";

export interface FakeIssue {
  number: number;
  title: string;
  state: "OPEN" | "CLOSED";
  body: string;
  comments: string[];
}

export interface FakeGithub {
  readonly run: Run;
  readonly issues: FakeIssue[];
  /** Every call, its program left out. */
  readonly calls: string[];
  /** Who approved which run. */
  readonly approvals: Record<string, string[]>;
}

/** Answers as `gh` does for one repository's issues and approvals; anything else fails the test. */
export function fakeGithub(): FakeGithub {
  const issues: FakeIssue[] = [];
  const calls: string[] = [];
  const approvals: Record<string, string[]> = {};
  const option = (args: readonly string[], name: string): string => args[args.indexOf(name) + 1] ?? "";
  const issue = (number: string): FakeIssue => {
    const found = issues.find((each) => each.number === Number(number));
    if (!found) throw new Error(`no issue ${number}`);
    return found;
  };

  const answer = (args: readonly string[], input: string): string => {
    const [what, action, number = ""] = args;
    switch (`${what} ${action}`) {
      case "label create":
        return "";
      case "issue list":
        return JSON.stringify(issues.map(({ number, title, state }) => ({ number, title, state })));
      case "issue create":
        issues.push({
          number: 7 + issues.length,
          title: option(args, "--title"),
          state: "OPEN",
          body: input,
          comments: [],
        });
        return "";
      case "issue edit":
        issue(number).body = input;
        return "";
      case "issue reopen":
        issue(number).state = "OPEN";
        return "";
      case "issue close":
        issue(number).state = "CLOSED";
        issue(number).comments.push(option(args, "--comment"));
        return "";
    }
    const [, run] = /actions\/runs\/(\w+)\/approvals$/.exec(action ?? "") ?? [];
    if (what !== "api" || run === undefined) throw new Error(`unexpected: gh ${args.join(" ")}`);
    return JSON.stringify((approvals[run] ?? []).map((login) => ({ state: "approved", user: { login } })));
  };

  return {
    issues,
    calls,
    approvals,
    run: async (_, args, { input = "" }) => {
      calls.push(args.join(" "));
      return { status: 0, stdout: answer(args, input), stderr: "" };
    },
  };
}
