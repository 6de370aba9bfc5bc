import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gitops } from "../../../script/gitops/cli";
import { COMMANDS } from "../../../script/gitops/commands";
import type { Outcome } from "../../../script/gitops/command";
import { placesOf } from "../../../script/gitops/places";
import type { Surroundings } from "../../../script/gitops/session";
import { environment, resourcesOf, synthesised } from "../../support/synthesised";

const ROOT = resolve(__dirname, "..", "..", "..");
const TREE = "a".repeat(40);

/** Programs answer by the beginning of their command line; what is not foreseen fails the test. */
function surroundings(answers: Readonly<Record<string, Partial<Outcome>>> = {}, more: Partial<Surroundings> = {}) {
  const lines: string[] = [];
  const given: Surroundings = {
    variables: { PATH: process.env.PATH, GITHUB_REPOSITORY: "o/r", GITHUB_SHA: "c" },
    root: ROOT,
    clock: () => new Date("2026-01-02T03:04:05Z"),
    log: (line) => lines.push(line),
    fetch: () => Promise.reject(new Error("not expected")),
    run: async (command, args) => {
      const line = [command, ...args].join(" ");
      const known = Object.keys(answers).find((start) => line.startsWith(start));
      if (known === undefined) throw new Error(`unexpected: ${line}`);
      return { status: 0, stdout: "", stderr: "", ...answers[known] };
    },
    ...more,
  };
  const call = async (...argv: string[]): Promise<[number, string[]]> => {
    lines.length = 0;
    return [await gitops(argv, given), [...lines]];
  };
  return call;
}

describe("the command line", () => {
  it.each([
    [[], "error: the command must be one of plan, upload, apply, destroy, drift, record, verify, got none"],
    [
      ["plan", "dev"],
      "error: the command must be one of plan, upload, apply, destroy, drift, record, verify, got plan dev",
    ],
    [["plan"], "error: plan needs --env; see docs/gitops.md"],
    [["plan", "--env", "local"], 'error: environment must be one of dev, staging, prod, got "local"'],
    [["plan", "--env", "qa"], 'error: environment must be one of dev, staging, prod, local, got "qa"'],
    [["apply", "--env", "dev", "--tree", TREE], "error: apply needs --plan-key; see docs/gitops.md"],
  ])("%j", async (argv, line) => {
    expect(await surroundings()(...argv)).toEqual([1, [line]]);
  });

  it("names a wrong option", async () => {
    const [code, lines] = await surroundings()("plan", "--environment", "dev");
    expect([code, lines[0]]).toEqual([1, expect.stringContaining("error: Unknown option '--environment'")]);
  });

  it("takes no name of a run that would leave its folder", async () => {
    expect(await surroundings()("record", "--env", "dev", "--run", "../prod")).toEqual([
      2,
      ['error: --run must be letters, digits, ".", "_" and "-", got "../prod"'],
    ]);
  });

  it("says how to get a stack that is not there", async () => {
    const [code, lines] = await surroundings()("plan", "--env", "dev", "--tree", TREE, "--stack", "/nowhere.json");
    expect([code, lines]).toEqual([2, ["error: /nowhere.json is missing: synthesise with npm run synth"]]);
  });
});

describe("record", () => {
  it("tells what was applied, or that nothing was", async () => {
    expect(await surroundings({ "aws s3api list-objects-v2": {} })("record", "--env", "dev")).toEqual([
      0,
      ["nothing was ever applied from here"],
    ]);
  });
});

describe("upload --review", () => {
  it("keeps a review of its own environment only", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "vod-cli-test-")), "review.json");
    writeFileSync(file, JSON.stringify({ environment: "dev", tree: TREE, digest: "d1", stack: "s", changes: [] }));
    const call = surroundings({ "aws s3api put-object": {} });
    expect(await call("upload", "--env", "dev", "--review", file)).toEqual([
      0,
      ["review of tree aaaaaaaaaaaa kept, digest d1"],
    ]);
    expect(await call("upload", "--env", "prod", "--review", file)).toEqual([
      2,
      [`error: ${file} is of dev, not of prod`],
    ]);
  });
});

describe("verify", () => {
  const stack = synthesised(environment("dev"));
  const outputs = { app: { value: "https://cdn.test/app/" }, secret: { value: "s", sensitive: true } };
  const planned = new Map(
    resourcesOf(stack, "aws_lambda_function").map(([, values]) => [values.function_name, values.source_code_hash]),
  );

  /** Every function runs what was planned; the edge answers as `status` says. */
  const verify = (asked: string[], status: (path: string) => number) => {
    const call = surroundings(
      {},
      {
        run: async (command, args) => {
          const code = planned.get(args[args.indexOf("--function-name") + 1]);
          const answer = command === "aws" ? { CodeSha256: code } : args[0] === "output" ? outputs : {};
          return { status: 0, stderr: "", stdout: JSON.stringify(answer) };
        },
        fetch: async (url) => {
          asked.push(url);
          return { status: status(new URL(url).pathname) };
        },
      },
    );
    const work = mkdtempSync(join(tmpdir(), "vod-cli-test-"));
    return call("verify", "--env", "dev", "--stack", stack.file, "--work", work);
  };
  const shut = (path: string): number => (path.startsWith("/v1/") ? 403 : path.startsWith("/api/") ? 401 : 200);

  it("asks for the page, for media without a cookie and for the API without a token", async () => {
    const asked: string[] = [];
    expect(await verify(asked, shut)).toEqual([
      0,
      ["the player page is served", "media is refused without a cookie", "the API is refused without a token"],
    ]);
    expect(asked).toEqual([
      "https://cdn.test/app/",
      "https://cdn.test/v1/probe/index.m3u8",
      "https://cdn.test/api/titles",
    ]);
  });

  it("fails where the gate stands open", async () => {
    expect(await verify([], () => 200)).toEqual([
      1,
      [
        "error: dev is applied but does not work: media is refused without a cookie: https://cdn.test/v1/probe/index.m3u8 must answer 403, got 200; the API is refused without a token: https://cdn.test/api/titles must answer 401, got 200; the next environment waits",
      ],
    ]);
  });
});

describe("where things are", () => {
  it("is where the stacks say", () => {
    const { document, environment: dev } = synthesised(environment("dev"));
    const places = placesOf(dev);
    const { s3 } = document.terraform.backend as { s3: { bucket: string } };
    expect(places.stateBucket).toBe(s3.bucket);
    const buckets = resourcesOf(synthesised(dev), "aws_lambda_function").map(([, values]) => values.s3_bucket);
    expect(new Set(buckets)).toEqual(new Set([places.artifactsBucket]));
  });
});

describe("docs/gitops.md", () => {
  const document = readFileSync(join(ROOT, "docs", "gitops.md"), "utf8");
  const section = (title: string): string => document.split(`## ${title}\n`)[1]?.split("\n## ")[0] ?? "";

  it("explains failures by words that the commands say", () => {
    const folders = [join(ROOT, "script", "gitops"), join(ROOT, "review")];
    const files = folders.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
    const sources = files.filter((file) => file.endsWith(".ts")).map((file) => readFileSync(file, "utf8"));
    const rows = section("When it stops").split("\n").slice(12);
    const quoted = rows.flatMap((row) =>
      [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, words]) => words),
    );
    expect(quoted.length).toBeGreaterThan(18);
    expect(quoted.filter((words = "") => !sources.some((source) => source.includes(words)))).toEqual([]);
  });

  it("shows every command", () => {
    const shown = [...section("On a laptop").matchAll(/^\$CLI (\w+)/gm)].map(([, command]) => command);
    const missing = Object.keys(COMMANDS).filter((command) => !shown.includes(command));
    expect(missing).toEqual(["record"]);
    expect(document).toContain("script/gitops/cli.ts record");
  });
});
