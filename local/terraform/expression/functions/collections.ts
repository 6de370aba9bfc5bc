import { jsonEncode } from "../json-encode";
import type { Value } from "../syntax";
import { byBytes, isObject, typeName, unified } from "../values";
import { type Arguments, define } from "./arguments";

/** @see https://developer.hashicorp.com/terraform/language/functions */
export const collectionFunctions = {
  ...define("concat", 1, Infinity, (args) => args.values.flatMap((_, index) => args.list(index))),
  ...define("element", 2, 2, element),
  ...define("keys", 1, 1, (args) => Object.keys(args.object(0)).sort(byBytes)),
  ...define("lookup", 2, 3, lookup),
  ...define("merge", 0, Infinity, merge),
  ...define("tolist", 1, 1, (args) => unified(args.list(0))),
  ...define("toset", 1, 1, (args) => asSet(args.list(0))),
  ...define("tostring", 1, 1, (args) => (args.values[0] === null ? null : args.text(0))),
  ...define("values", 1, 1, (args) =>
    Object.entries(args.object(0))
      .sort(([a], [b]) => byBytes(a, b))
      .map(([, value]) => value),
  ),
};

function element(args: Arguments): Value {
  const list = args.list(0);
  const index = args.whole(1);
  if (list.length === 0) throw args.failure("the list must not be empty");
  if (index < 0) throw args.failure("the index must not be negative");
  return list[index % list.length] ?? null;
}

function lookup(args: Arguments): Value {
  const map = args.object(0);
  const key = args.text(1);
  const found = Object.hasOwn(map, key) ? map[key] : args.values[2];
  if (found === undefined) throw args.failure("there is no such key and no default");
  return found;
}

function merge(args: Arguments): Value {
  const maps = args.values.filter((value) => value !== null);
  const foreign = maps.find((value) => !isObject(value));
  if (foreign !== undefined) throw args.failure(`every argument must be an object, got ${typeName(foreign)}`);
  return Object.fromEntries(maps.flatMap((map) => Object.entries(map)));
}

/** Terraform keeps the elements of a set in order: strings by their bytes, numbers by size. */
function asSet(items: readonly Value[]): Value {
  const byText = new Map(unified(items).map((item) => [jsonEncode(item), item]));
  return [...byText.values()].sort(inOrder);
}

function inOrder(a: Value, b: Value): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return byBytes(jsonEncode(a), jsonEncode(b));
}
