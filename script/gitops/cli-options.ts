import { parseArgs } from "node:util";
import { EXIT, Failure } from "./failure";

const TEXT = { type: "string" } as const;
const FLAG = { type: "boolean", default: false } as const;

/** Every option of every command; `docs/gitops.md` says which command takes which. */
const OPTIONS = {
  env: TEXT,
  stack: TEXT,
  dist: TEXT,
  lock: TEXT,
  work: TEXT,
  out: TEXT,
  override: TEXT,
  tree: TEXT,
  commit: TEXT,
  run: TEXT,
  actor: TEXT,
  repo: TEXT,
  save: FLAG,
  review: TEXT,
  "plan-key": TEXT,
  "plan-sha256": TEXT,
  accept: TEXT,
  destroy: FLAG,
  confirm: TEXT,
  limit: TEXT,
  "lock-timeout": TEXT,
} as const;

export type Values = ReturnType<typeof parse>["values"];

export interface Arguments {
  readonly command: string;
  readonly values: Values;
  /** What a command cannot do without. @throws {Failure} that names the option */
  required(name: keyof Values): string;
}

function parse(argv: readonly string[]) {
  return parseArgs({ args: [...argv], options: OPTIONS, allowPositionals: true });
}

export function readArguments(argv: readonly string[], commands: readonly string[]): Arguments {
  const { positionals, values } = parsed(argv);
  const [command = "", ...more] = positionals;
  if (!commands.includes(command) || more.length > 0) {
    const got = positionals.length === 0 ? "none" : positionals.join(" ");
    throw new Failure(`the command must be one of ${commands.join(", ")}, got ${got}`, EXIT.failed);
  }
  return {
    command,
    values,
    required(name) {
      const value = values[name];
      if (typeof value === "string" && value !== "") return value;
      throw new Failure(`${command} needs --${name}; see docs/gitops.md`, EXIT.failed);
    },
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parse(argv);
  } catch (error) {
    throw new Failure((error as Error).message);
  }
}
