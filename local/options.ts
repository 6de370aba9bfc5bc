import { parseArgs } from "node:util";
import { nearest } from "./nearest";

export const TOPOLOGIES = ["mediapackage", "direct"] as const;

/** How a person asked for the platform to start. */
export interface Options {
  /** The edge's port; 0 takes any that is free. */
  readonly port: number;
  /** Absent: what the environment file says. */
  readonly topology?: (typeof TOPOLOGIES)[number];
  /** Folder for everything that outlives the process. */
  readonly state: string;
  /** Mezzanine to take through the stages; absent: the sample that is made on the spot. */
  readonly video?: string;
  /** Play the title through the edge, then exit. */
  readonly once: boolean;
  /** File for the report. */
  readonly report?: string;
  readonly help: boolean;
}

export type ParsedOptions =
  { readonly ok: true; readonly options: Options } | { readonly ok: false; readonly problems: readonly string[] };

const DEFAULT_PORT = 8080;
const DEFAULT_STATE = ".local";
/** The gateway takes the port after the edge's. */
const HIGHEST_PORT = 65_534;

export const USAGE = `npm start -- [options]

  --port N                        port of the edge, 0 for any free one (${DEFAULT_PORT}; with --once: any free one)
  --topology mediapackage|direct  how titles are packaged (as in environments/local.json)
  --state DIR                     folder for keys, titles and media (${DEFAULT_STATE})
  --video FILE                    take this video to playable (a sample, made on the spot)
  --once                          play the title over HLS and DASH, then exit: 0, or 1 with a reason
  --report FILE                   write what happened as JSON
  --help                          show this
`;

const DEFINITIONS = {
  port: { type: "string" },
  topology: { type: "string" },
  state: { type: "string" },
  video: { type: "string" },
  once: { type: "boolean" },
  report: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;
type Name = keyof typeof DEFINITIONS;
type Given = Partial<Record<Name, string>>;

/** Reads the arguments of `npm start`, without those of node. Every problem is told at once. */
export function parseOptions(argv: readonly string[]): ParsedOptions {
  const problems: string[] = [];
  const given = tokens(argv, problems);
  const once = given.once !== undefined;
  const port = parsePort(given.port, once, problems);
  const topology = parseTopology(given.topology, problems);
  if (problems.length > 0) return { ok: false, problems };
  const { state = DEFAULT_STATE, video, report } = given;
  return { ok: true, options: { port, topology, state, video, once, report, help: given.help !== undefined } };
}

/** The options that are known and whole; flags stand as an empty string. */
function tokens(argv: readonly string[], problems: string[]): Given {
  const given: Given = {};
  const parsed = parseArgs({ args: [...argv], options: DEFINITIONS, strict: false, tokens: true });
  for (const token of parsed.tokens) {
    if (token.kind === "positional") problems.push(`${token.value} is not an option: every argument starts with --`);
    if (token.kind !== "option") continue;
    const problem = isName(token.name)
      ? misuse(token.name, token.value, token.inlineValue, given)
      : unknown(token.rawName);
    if (problem) problems.push(problem);
    else given[token.name as Name] = token.value ?? "";
  }
  return given;
}

function isName(name: string): name is Name {
  return Object.hasOwn(DEFINITIONS, name);
}

function unknown(rawName: string): string {
  const names = Object.keys(DEFINITIONS).map((name) => `--${name}`);
  const suggestion = nearest(rawName, names);
  return `${rawName} is not an option: ${suggestion ? `did you mean ${suggestion}?` : `there are ${names.join(", ")}`}`;
}

function misuse(name: Name, value: string | undefined, inline: boolean | undefined, given: Given): string | undefined {
  if (given[name] !== undefined) return `--${name} is given more than once`;
  if (DEFINITIONS[name].type === "boolean")
    return value === undefined ? undefined : `--${name} takes no value, got ${value}`;
  const swallowed = !inline && value !== undefined && /^--?[a-z]/i.test(value);
  if (value === undefined || value === "") return `--${name} needs a value`;
  return swallowed ? `--${name} needs a value, got the option ${value}` : undefined;
}

function parsePort(text: string | undefined, once: boolean, problems: string[]): number {
  if (text === undefined) return once ? 0 : DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (!(port <= HIGHEST_PORT))
    problems.push(`--port must be a whole number from 0 (any) to ${HIGHEST_PORT}, got ${text}`);
  return port;
}

function parseTopology(text: string | undefined, problems: string[]): Options["topology"] {
  const topology = TOPOLOGIES.find((known) => known === text);
  if (text !== undefined && !topology) problems.push(`--topology must be ${TOPOLOGIES.join(" or ")}, got ${text}`);
  return topology;
}
