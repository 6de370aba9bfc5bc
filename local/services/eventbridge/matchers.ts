import { BlockList, isIP } from "node:net";
import { isObject } from "../json-protocol";

/** Tests one scalar of an event: a string, number, boolean or null. */
export type ScalarTest = (value: unknown) => boolean;

/**
 * Numbers that EventBridge compares:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
const NUMERIC_LIMIT = 5e9;

/**
 * Compiles one entry of a pattern's list: a plain value, or an object with one comparison operator. `exists` is not
 * here, since it looks at the field rather than at a value of it. Throws an Error that says what is allowed.
 */
export function compileMatcher(matcher: unknown): ScalarTest {
  if (!isObject(matcher)) {
    if (Array.isArray(matcher)) throw new Error("a list inside a list is not a comparison");
    return (value) => value === matcher;
  }
  const [operator, argument] = onlyEntry(matcher);
  const compile = OPERATORS[operator];
  if (!compile)
    throw new Error(`unknown comparison "${operator}", allowed are exists, ${Object.keys(OPERATORS).join(", ")}`);
  return compile(argument);
}

const OPERATORS: Readonly<Record<string, (argument: unknown) => ScalarTest>> = {
  prefix: (argument) => edge("prefix", argument, (value, part) => value.startsWith(part)),
  suffix: (argument) => edge("suffix", argument, (value, part) => value.endsWith(part)),
  "equals-ignore-case": (argument) => equalsIgnoreCase(text("equals-ignore-case", argument)),
  wildcard: (argument) => wildcard(text("wildcard", argument)),
  numeric,
  cidr: (argument) => cidr(text("cidr", argument)),
  "anything-but": anythingBut,
};

/** Comparisons that may stand inside `anything-but`, each with one string or a list of them. */
const NEGATABLE = ["prefix", "suffix", "equals-ignore-case", "wildcard"];

/** The name and argument of an object with exactly one member. */
export function onlyEntry(matcher: Record<string, unknown>): [string, unknown] {
  const entries = Object.entries(matcher);
  const [entry] = entries;
  if (!entry || entries.length > 1) throw new Error(`a comparison has exactly one operator, got ${entries.length}`);
  return entry;
}

function edge(name: string, argument: unknown, matches: (value: string, part: string) => boolean): ScalarTest {
  if (isObject(argument)) {
    const [operator, nested] = onlyEntry(argument);
    if (operator !== "equals-ignore-case")
      throw new Error(`${name} takes a string or equals-ignore-case, got "${operator}"`);
    const folded = fold(text(`${name} equals-ignore-case`, nested));
    return (value) => typeof value === "string" && matches(fold(value), folded);
  }
  const part = text(name, argument);
  return (value) => typeof value === "string" && matches(value, part);
}

function equalsIgnoreCase(expected: string): ScalarTest {
  const folded = fold(expected);
  return (value) => typeof value === "string" && fold(value) === folded;
}

const fold = (value: string): string => value.toUpperCase().toLowerCase();

function anythingBut(argument: unknown): ScalarTest {
  if (isObject(argument)) {
    const [operator, nested] = onlyEntry(argument);
    if (!NEGATABLE.includes(operator)) {
      throw new Error(`anything-but takes values, ${NEGATABLE.join(", ")}, got "${operator}"`);
    }
    const tests = list(nested).map((part) => compileMatcher({ [operator]: text(operator, part) }));
    return (value) => !tests.some((test) => test(value));
  }
  const refused = list(argument);
  if (!refused.every((value) => typeof value === "string") && !refused.every((value) => typeof value === "number")) {
    throw new Error("anything-but takes only strings or only numbers");
  }
  return (value) => !refused.includes(value as never);
}

function list(argument: unknown): unknown[] {
  const values: unknown[] = Array.isArray(argument) ? argument : [argument];
  if (values.length === 0) throw new Error("anything-but takes at least one value");
  return values;
}

/** `*` stands for any characters; `\*` and `\\` for themselves. */
function wildcard(pattern: string): ScalarTest {
  const unescaped = pattern.replace(/\\[*\\]/g, "x");
  if (unescaped.includes("**")) throw new Error("wildcard must not have two * in a row");
  if (unescaped.includes("\\")) throw new Error("wildcard allows \\ only before * and \\");
  const source = pattern.replace(/\\([^])|([^])/g, (_, escaped?: string, plain?: string) =>
    plain === "*" ? "[^]*" : (escaped ?? plain ?? "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&"),
  );
  const expression = new RegExp(`^${source}$`);
  return (value) => typeof value === "string" && expression.test(value);
}

const COMPARISONS: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

function numeric(argument: unknown): ScalarTest {
  const allowed = 'numeric takes ["=", n], one bound ["<", n], or a range [">=", low, "<", high]';
  if (!Array.isArray(argument) || (argument.length !== 2 && argument.length !== 4)) throw new Error(allowed);
  const operators: unknown[] = argument.filter((_, index) => index % 2 === 0);
  const bounds: unknown[] = argument.filter((_, index) => index % 2 === 1);
  const shape = operators.map((operator) => String(operator)[0]).join("");
  const isRange = shape === "><" && Number(bounds[0]) < Number(bounds[1]);
  if (argument.length === 4 && !isRange) throw new Error(allowed);
  const tests = operators.map((operator, index) => {
    const compare = COMPARISONS[String(operator)];
    const bound = bounds[index];
    if (!compare || typeof bound !== "number") throw new Error(allowed);
    if (Math.abs(bound) > NUMERIC_LIMIT) throw new Error(`numeric takes numbers from -5e9 to 5e9, got ${bound}`);
    return (value: number) => compare(value, bound);
  });
  return (value) => typeof value === "number" && tests.every((test) => test(value));
}

function cidr(block: string): ScalarTest {
  const [address = "", bits = ""] = block.split("/");
  const family = isIP(address);
  if (!family || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) {
    throw new Error(`cidr takes a block such as 10.0.0.0/24 or 2001:db8::/32, got "${block}"`);
  }
  const range = new BlockList();
  range.addSubnet(address, Number(bits), family === 4 ? "ipv4" : "ipv6");
  return (value) =>
    typeof value === "string" && isIP(value) === family && range.check(value, family === 4 ? "ipv4" : "ipv6");
}

function text(operator: string, argument: unknown): string {
  if (typeof argument !== "string") throw new Error(`${operator} takes a string, got ${JSON.stringify(argument)}`);
  return argument;
}
