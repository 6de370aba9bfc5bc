import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { judgeExpressions } from "./gate-expressions";
import { readStrictJson, StrictJsonError } from "./gate-json";
import { judgeResources } from "./gate-resources";
import {
  ALLOWED_TYPES,
  type AllowedTypes,
  blocks,
  isObject,
  onlyKeys,
  type Values,
  type Violation,
} from "./gate-rules";
import { judgeProviders, judgeTerraform } from "./gate-settings";

export type { AllowedTypes, Violation } from "./gate-rules";

/** `moved` and `removed` steer the state. No data, modules, imports, checks or ephemerals; no `locals`, which would carry a
 * secret past what is judged where it is used. */
const TOP_LEVEL = ["//", "terraform", "provider", "resource", "variable", "output", "moved", "removed"];
const VARIABLE = ["type", "description", "default", "sensitive", "nullable"];
const OUTPUT = ["value", "description", "sensitive", "depends_on"];

export interface GateInput {
  /** Text of the synthesised stack that asks for a plan. */
  readonly stack: string;
  /** Text of main's; without it, backend and providers are judged by their shape only. */
  readonly base?: string;
  /** Default: the committed list. */
  readonly allowed?: AllowedTypes;
}

/**
 * Judges a synthesised stack before any credential is near it: everything that is not on the lists is refused, so that
 * a plan of an unread pull request runs no command, reads no file and no data, and speaks to main's account only.
 */
export function gate({ stack, base, allowed = ALLOWED_TYPES }: GateInput): Violation[] {
  let document: unknown;
  try {
    document = readStrictJson(stack);
  } catch (error) {
    if (!(error instanceof StrictJsonError)) throw error;
    return [{ where: "the file", got: error.message, allowed: "JSON as it is synthesised" }];
  }
  if (!isObject(document)) return onlyKeys(document, "the file", TOP_LEVEL);
  const main = base === undefined ? undefined : (JSON.parse(base) as Values);
  return [
    ...topLevel(document),
    ...judgeTerraform(document.terraform, main),
    ...judgeProviders(document.provider, main),
    ...judgeResources(document.resource, allowed, providerNames(document.provider)),
    ...each(document.variable, "variable", judgeVariable),
    ...each(document.output, "output", (output, where) => onlyKeys(output, where, OUTPUT)),
    ...blocks(document.moved).flatMap((block) => onlyKeys(block, "moved", ["from", "to"])),
    ...blocks(document.removed).flatMap(judgeRemoved),
    ...judgeExpressions(document, "", allowed),
  ];
}

function topLevel(document: Values): Violation[] {
  return Object.keys(document)
    .filter((key) => !TOP_LEVEL.includes(key))
    .map((key) => ({ where: key, got: `a block "${key}"`, allowed: TOP_LEVEL.slice(1).join(", ") }));
}

function providerNames(provider: unknown): string[] {
  const aliases = blocks(isObject(provider) ? provider.aws : undefined)
    .filter(isObject)
    .flatMap(({ alias }) => (typeof alias === "string" ? [`aws.${alias}`] : []));
  return ["aws", ...aliases];
}

function each(named: unknown, kind: string, judge: (body: unknown, where: string) => Violation[]): Violation[] {
  if (named === undefined) return [];
  if (!isObject(named)) return onlyKeys(named, kind, ["names"]);
  return Object.entries(named).flatMap(([name, body]) => judge(body, `${kind}.${name}`));
}

/** Values of variables come from the secret store: one that is not sensitive would stand in the plan in clear. */
function judgeVariable(variable: unknown, where: string): Violation[] {
  const wrong = onlyKeys(variable, where, VARIABLE);
  if (!isObject(variable) || variable.sensitive === true) return wrong;
  return [...wrong, { where, got: "a variable that is not sensitive", allowed: "sensitive = true" }];
}

/** A `removed` block may carry provisioners. */
function judgeRemoved(block: unknown): Violation[] {
  const lifecycle = isObject(block) ? blocks(block.lifecycle) : [];
  return [
    ...onlyKeys(block, "removed", ["from", "lifecycle"]),
    ...lifecycle.flatMap((entry) => onlyKeys(entry, "removed.lifecycle", ["destroy"])),
  ];
}

/** Every violation on a line of its own: where, got, allowed. */
export function gateReport(violations: readonly Violation[], file: string): string {
  if (violations.length === 0) return `${file}: passed the gate\n`;
  const lines = violations.map(({ where, got, allowed }) => `  ${where}: got ${got}; allowed: ${allowed}\n`);
  const things = violations.length === 1 ? "1 thing is" : `${violations.length} things are`;
  return `${file}: ${things} not allowed in a stack that is planned before it is reviewed\n${lines.join("")}`;
}

/** `npm run gate -- STACK.json [--base STACK.json]`: exit 0 passed, 1 unreadable arguments or files, 2 refused. */
function main(args: string[]): number {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { base: { type: "string" } } });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error("usage: npm run gate -- STACK.json [--base STACK.json]");
  const base = values.base === undefined ? undefined : readFileSync(values.base, "utf8");
  const violations = gate({ stack: readFileSync(file, "utf8"), base });
  process.stdout.write(gateReport(violations, file));
  return violations.length === 0 ? 0 : 2;
}

if (require.main === module) {
  try {
    process.exitCode = main(process.argv.slice(2));
  } catch (error) {
    console.error(`gate: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
