import { either, isList, isObject, SENSITIVE, under } from "./mask";
import type { Json, Mask, Plan, PlannedChange } from "./plan";

/** Values that must not be shown, wherever they turn up: providers copy what is sensitive to where nothing marks it. */
export interface Secrets {
  /** Values that are marked somewhere: hidden where they stand alone. */
  readonly marked: ReadonlySet<Json>;
  /** Values of sensitive variables: hidden inside longer texts too. */
  readonly variables: readonly string[];
}

/** What is shorter is no secret, and would hide what happens to be equal. */
const SHORTEST = 8;

const isLong = (value: Json | undefined): value is string => typeof value === "string" && value.length >= SHORTEST;

/** Every secret that the plan itself tells of: `tags_all`, for one, repeats what `tags` marks, without the mark. */
export function secretsOf(plan: Plan): Secrets {
  const changes = [...plan.resource_changes, ...plan.resource_drift].map(({ change }) => change);
  const marked = [...changes, ...Object.values(plan.output_changes)].flatMap(markedValues);
  const declared = plan.configuration?.root_module?.variables;
  const variables = Object.entries(plan.variables ?? {})
    .filter(([name]) => declared === undefined || declared[name]?.sensitive === true)
    .flatMap(([, { value }]) => leaves(value));
  return {
    marked: new Set(marked.filter(isLong)),
    variables: [...new Set(variables.filter(isLong))].sort((one, other) => other.length - one.length),
  };
}

function markedValues({ before, after, before_sensitive, after_sensitive }: PlannedChange): Json[] {
  const mask = either(before_sensitive, after_sensitive);
  return [before, after].flatMap((value) => underMarks(value, mask));
}

/** Single values alone: a set that is marked as a whole holds mostly what is no secret. */
function underMarks(value: Json | undefined, mask: Mask): Json[] {
  if (isObject(value))
    return mask === true ? [] : Object.keys(value).flatMap((key) => underMarks(value[key], under(mask, key)));
  if (isList(value)) return mask === true ? [] : value.flatMap((item, at) => underMarks(item, under(mask, at)));
  return mask === true && value !== undefined ? [value] : [];
}

function leaves(value: Json | undefined): Json[] {
  if (isObject(value)) return Object.values(value).flatMap(leaves);
  if (isList(value)) return value.flatMap(leaves);
  return value === undefined ? [] : [value];
}

/** The value with every secret in it replaced. */
export function concealed(value: Json, secrets: Secrets): Json {
  if (typeof value === "string") {
    if (secrets.marked.has(value)) return SENSITIVE;
    return secrets.variables.reduce((text, secret) => text.replaceAll(secret, SENSITIVE), value);
  }
  if (isList(value)) return value.map((item) => concealed(item, secrets));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, concealed(inner, secrets)]));
}
