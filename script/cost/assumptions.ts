/** What neither an environment nor its stack knows: guesses, each to be replaced by a measurement. */
export interface Assumptions {
  readonly titleMinutes: number;
  readonly newTitlesShare: number;
  readonly mezzanineMegabits: number;
  readonly topRungShare: number;
  readonly qvbrShare: number;
  readonly segmentHitRatio: number;
  readonly manifestsPerPlay: number;
  readonly manifestKilobytes: number;
  readonly otherRequestsPerPlay: number;
  readonly apiCallsPerPlay: number;
  readonly downloadsPerViewer: number;
  readonly eventsPerBeacon: number;
  readonly lambdaMilliseconds: number;
  readonly logKilobytes: number;
}

interface Assumed {
  readonly value: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly says: string;
}

export const ASSUMED: Readonly<Record<keyof Assumptions, Assumed>> = {
  titleMinutes: { value: 45, minimum: 1, maximum: 600, says: "length of a title, minutes" },
  newTitlesShare: {
    value: 0.01,
    minimum: 0,
    maximum: 1,
    says: "titles that are prepared in the month, as a share of the catalogue, rounded up",
  },
  mezzanineMegabits: { value: 50, minimum: 1, maximum: 1000, says: "bitrate of a mezzanine, Mbit/s" },
  topRungShare: {
    value: 0.5,
    minimum: 0,
    maximum: 1,
    says: "share of the watched time at the top rung; the rest is spread evenly over the others",
  },
  qvbrShare: {
    value: 1,
    minimum: 0.1,
    maximum: 1,
    says: "average bitrate as a share of the rung's cap; 1 is an upper bound",
  },
  segmentHitRatio: {
    value: 0.95,
    minimum: 0,
    maximum: 0.999,
    says: "share of segment requests that reach no origin, at best; few views of many titles make it less",
  },
  manifestsPerPlay: { value: 3, minimum: 1, maximum: 50, says: "manifests that a player asks for in one play" },
  manifestKilobytes: { value: 20, minimum: 1, maximum: 1000, says: "size of a manifest, KB" },
  otherRequestsPerPlay: { value: 5, minimum: 0, maximum: 100, says: "requests for the page and posters, to a play" },
  apiCallsPerPlay: { value: 2, minimum: 0, maximum: 100, says: "calls of the API beside the mint, to a play" },
  downloadsPerViewer: {
    value: 1,
    minimum: 0,
    maximum: 1000,
    says: "files that a viewer downloads in the month, where the environment offers them",
  },
  eventsPerBeacon: { value: 2, minimum: 1, maximum: 50, says: "events that a player reports at a time" },
  lambdaMilliseconds: { value: 100, minimum: 1, maximum: 60_000, says: "billed duration of a call, ms" },
  logKilobytes: { value: 1, minimum: 0, maximum: 1000, says: "log of a call, KB" },
};

export const NAMES = Object.keys(ASSUMED) as (keyof Assumptions)[];

export const DEFAULTS = Object.fromEntries(NAMES.map((name) => [name, ASSUMED[name].value])) as unknown as Assumptions;

/** The defaults with what was typed as `name=value` in their place. @throws with what is allowed. */
export function assume(typed: readonly string[]): Assumptions {
  const given = typed.map((text) => {
    const [name = "", value = ""] = text.split("=", 2);
    const known = NAMES.find((each) => each === name);
    if (!known) throw new Error(`--assume must name one of ${NAMES.join(", ")}, got ${JSON.stringify(text)}`);
    return [known, within(`--assume ${name}`, value, ASSUMED[known])] as const;
  });
  return { ...DEFAULTS, ...Object.fromEntries(given) };
}

/** A number as a person typed it, checked. @throws with what is allowed. */
export function within(
  what: string,
  typed: string,
  { minimum, maximum, whole = false }: { minimum: number; maximum: number; whole?: boolean },
): number {
  const value = /^\d+(\.\d+)?$/.test(typed) ? Number(typed) : NaN;
  if (value >= minimum && value <= maximum && (!whole || Number.isInteger(value))) return value;
  const kind = whole ? "a whole number" : "a number";
  throw new Error(`${what} must be ${kind} from ${minimum} to ${maximum}, got ${JSON.stringify(typed)}`);
}
