import { Linter } from "eslint";
import { parser } from "typescript-eslint";

// An .mjs module without types: what is read of it is said here.
const { default: block } = jest.requireActual<{ default: Linter.Config }>("../eslint.synth.mjs");

const linter = new Linter({ configType: "flat" });

/** The rules' messages for a piece of code in a file. */
function lint(code: string, filename = "stacks/deliver/deliver.ts"): string[] {
  const languageOptions = { parser, ecmaVersion: 2023, sourceType: "module" } as Linter.LanguageOptions;
  return linter.verify(code, [{ files: ["**/*.ts"], languageOptions }, block], filename).map(({ message }) => message);
}

const CLOCK = /^The clock must not enter the synthesised JSON/;
const CHANCE = /^Chance must not enter the synthesised JSON/;
const MACHINE = /^The machine, its user and its environment must not enter/;
const LOCALE = /^Locale and time zone are the machine's/;

test.each([
  ["Date.now();", CLOCK],
  ['Date["now"]();', CLOCK],
  ["globalThis.Date.now();", CLOCK],
  ["const { now } = Date;", CLOCK],
  ["const now = Date.now;", CLOCK],
  ["new Date();", CLOCK],
  ["new globalThis.Date();", CLOCK],
  ["Date();", CLOCK],
  ["process.hrtime();", CLOCK],
  ["process.uptime();", CLOCK],
  ["performance.now();", CLOCK],
  ["globalThis.performance.now();", CLOCK],
  ['import { performance as p } from "node:perf_hooks";', CLOCK],
  ["Math.random();", CHANCE],
  ["const { random } = Math;", CHANCE],
  ["crypto.randomUUID();", CHANCE],
  ["crypto.getRandomValues(bytes);", CHANCE],
  ["globalThis.crypto.randomUUID();", CHANCE],
  ['import { randomBytes } from "node:crypto";', CHANCE],
  ['import { randomUUID as id } from "crypto";', CHANCE],
  ['import { generateKeyPairSync } from "node:crypto";', CHANCE],
  ['import * as c from "node:crypto";', CHANCE],
  ['import c from "node:crypto";', CHANCE],
  ["process.env.HOME;", MACHINE],
  ["const { env } = process;", MACHINE],
  ["process.cwd();", MACHINE],
  ["process.platform;", MACHINE],
  ['import { hostname } from "node:os";', MACHINE],
  ['import os from "os";', MACHINE],
  ['require("os");', MACHINE],
  ['await import("node:os");', MACHINE],
  ['import { env } from "node:process";', MACHINE],
  ['import { execSync } from "node:child_process";', MACHINE],
  ["hostname();", MACHINE],
  ['"a".localeCompare("b");', LOCALE],
  ["new Date(0).toLocaleString();", LOCALE],
  ["date.getTimezoneOffset();", LOCALE],
  ["new Intl.DateTimeFormat();", LOCALE],
])("%s is refused in what synthesises", (code, message) => {
  expect(lint(code)).toContainEqual(expect.stringMatching(message));
});

test.each([
  'import { createHash } from "node:crypto"; createHash("sha256");',
  'import type { Server } from "node:http";',
  'new Date("2026-01-01T00:00:00Z").toISOString();',
  "process.exitCode = 1;",
  "Math.max(1, 2);",
  "const now = settings.now; const random = names.random;",
  "environment.version;",
])("%s may stand there", (code) => {
  expect(lint(code)).toEqual([]);
});

test.each(["main.ts", "stacks/vod-stack.ts", "environments/load.ts", "job-templates/ladder.ts"])(
  "%s is under the rules",
  (file) => expect(lint("Date.now();", file)).toHaveLength(1),
);

test.each(["handlers/mint-playback/index.ts", "local/main.ts", "script/build.ts", "__tests__/stacks/sweeps.test.ts"])(
  "%s is not",
  (file) => expect(lint("Date.now();", file)).toEqual([]),
);

test("no other rule is set, so that what the files have besides stays", () => {
  expect(Object.keys(block.rules ?? {})).toEqual(["no-restricted-syntax"]);
});
