import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What a recorded program says to calls that match; the first match answers. */
export interface Answer {
  readonly program: string;
  /** Matched against the arguments, joined by spaces. */
  readonly match: RegExp;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly status?: number;
  /** Written to the file that the last argument names, or the one after `=` in `-out=`. */
  readonly writes?: string;
  /** Copies a folder to where an argument says. */
  readonly copies?: { readonly from: string; readonly at: number };
}

export interface Call {
  readonly program: string;
  readonly args: readonly string[];
  /** Names of the variables that the program was given. */
  readonly env: readonly string[];
  readonly input: string;
}

const PROGRAMS = ["aws", "gh", "git", "npm", "terraform"] as const;

/**
 * Programs for a PATH that write down how they were called and say what they are told to. A call that nobody foresaw
 * fails. `npx --no-install tsx FILE.ts` runs the project's own script, made JavaScript beforehand.
 */
export function fakePrograms(folder: string, answers: readonly Answer[]) {
  const record = join(folder, "calls.jsonl");
  const bin = join(folder, "bin");
  rmSync(bin, { recursive: true, force: true });
  mkdirSync(bin, { recursive: true });
  for (const program of PROGRAMS) {
    const own = answers.filter((answer) => answer.program === program);
    install(join(bin, program), script(program, record, own));
  }
  install(join(bin, "npx"), NPX);
  return {
    bin,
    /** The calls since the last time they were taken. */
    take(): Call[] {
      const lines = existsSync(record) ? readFileSync(record, "utf8").trim().split("\n") : [];
      rmSync(record, { force: true });
      return lines.filter(Boolean).map((line) => JSON.parse(line) as Call);
    },
  };
}

const NPX = `#!/bin/bash
if [ "$1 $2" != "--no-install tsx" ]; then echo "npx $* is not foreseen" >&2; exit 97; fi
file="\${3%.ts}.js"; shift 3
exec node "$PWD/$file" "$@"
`;

function script(program: string, record: string, answers: readonly Answer[]): string {
  const table = answers.map(({ match, ...rest }) => ({ ...rest, source: match.source }));
  return `#!${process.execPath}
const { appendFileSync, cpSync, readFileSync, writeFileSync } = require("node:fs");
const args = process.argv.slice(2);
const input = args.includes("-") || args.includes("--input") ? readFileSync(0, "utf8") : "";
const call = { program: ${JSON.stringify(program)}, args, env: Object.keys(process.env).sort(), input };
appendFileSync(${JSON.stringify(record)}, JSON.stringify(call) + "\\n");
const answer = ${JSON.stringify(table)}.find(({ source }) => new RegExp(source).test(args.join(" ")));
if (!answer) {
  console.error(${JSON.stringify(program)} + " " + args.join(" ") + " is not foreseen");
  process.exit(97);
}
if (answer.copies) cpSync(answer.copies.from, args[answer.copies.at], { recursive: true, verbatimSymlinks: true });
const out = args.find((arg) => arg.startsWith("-out="));
const file = out ? out.slice(5) : args.filter((arg) => arg !== "--output" && arg !== "json").at(-1);
if (answer.writes !== undefined) writeFileSync(file, answer.writes);
process.stdout.write(answer.stdout ?? "");
process.stderr.write(answer.stderr ?? "");
process.exitCode = answer.status ?? 0;
`;
}

function install(file: string, text: string): void {
  writeFileSync(file, text);
  chmodSync(file, 0o755);
}
