import { DEPLOYABLE } from "../../environments/environment";
import { type Topology, TOPOLOGIES } from "../../job-templates/job-template";
import { ASSUMED, assume, type Assumptions, NAMES, within } from "./assumptions";

export const USAGE = `npm run cost -- <env> --titles N --hours H --viewers V

What a month of an environment costs at AWS's list prices, line by line, in US dollars before taxes.

  <env>              ${DEPLOYABLE.join(", ")}
  --titles N         titles in the catalogue, all month
  --hours H          hours that each viewer watches in the month
  --viewers V        people who watch in the month
  --topology T       ${TOPOLOGIES.join(" or ")}, in place of the environment's
  --assume NAME=X    in place of a guess, any number of times:
${NAMES.map((name) => `      ${`${name}=${ASSUMED[name].value}`.padEnd(26)} ${ASSUMED[name].says}`).join("\n")}
  --json             for machines
`;

export interface Scenario {
  readonly titles: number;
  /** Of each viewer in the month. */
  readonly hours: number;
  readonly viewers: number;
}

export interface CostArguments {
  readonly environment: (typeof DEPLOYABLE)[number];
  readonly topology?: Topology;
  readonly scenario: Scenario;
  readonly assumptions: Assumptions;
}

export interface Typed {
  readonly positionals: readonly string[];
  readonly titles?: string;
  readonly hours?: string;
  readonly viewers?: string;
  readonly topology?: string;
  readonly assume?: readonly string[];
}

/** Hours in the longest month. */
const MONTH = 744;

/** What was typed, checked. @throws with what is allowed. */
export function readArguments(typed: Typed): CostArguments {
  const [name = "", ...more] = typed.positionals;
  const environment = oneOf("<env>", DEPLOYABLE, name);
  if (more.length > 0) throw new Error(`one environment at a time, got ${more.join(" ")} besides`);
  const topology = typed.topology === undefined ? undefined : oneOf("--topology", TOPOLOGIES, typed.topology);
  const scenario = {
    titles: within("--titles", typed.titles ?? "", { minimum: 0, maximum: 1_000_000, whole: true }),
    hours: within("--hours", typed.hours ?? "", { minimum: 0, maximum: MONTH }),
    viewers: within("--viewers", typed.viewers ?? "", { minimum: 0, maximum: 100_000_000, whole: true }),
  };
  if (scenario.titles === 0 && scenario.hours * scenario.viewers > 0) {
    throw new Error("--titles must be 1 or more where somebody watches, got 0");
  }
  return { environment, topology, scenario, assumptions: assume(typed.assume ?? []) };
}

function oneOf<T extends string>(what: string, allowed: readonly T[], got: string): T {
  const found = allowed.find((each) => each === got);
  if (!found) throw new Error(`${what} must be one of ${allowed.join(", ")}, got ${JSON.stringify(got)}`);
  return found;
}
