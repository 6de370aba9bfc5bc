import { BlockList, isIPv4, isIPv6 } from "node:net";
import { compilePattern, type ReadVariable } from "./wildcard";

/** Compares a value of the request with one of the policy. */
export type Compare = (given: string, variables: ReadVariable) => boolean;

export interface Operator {
  /** Holds where no value of the policy fits; a key that is missing then holds too. */
  readonly negated: boolean;
  readonly compile: (wanted: string) => Compare;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const POSITIVE: Readonly<Record<string, Operator["compile"]>> = {
  StringEquals: (wanted) => compilePattern(wanted, { literal: true }),
  StringEqualsIgnoreCase: (wanted) => compilePattern(wanted, { literal: true, ignoreCase: true }),
  StringLike: (wanted) => compilePattern(wanted),
  ArnEquals: compareArn,
  ArnLike: compareArn,
  Bool: (wanted) => (given) => given.toLowerCase() === wanted.toLowerCase(),
  BinaryEquals: (wanted) => (given) => Buffer.from(given, "base64").equals(Buffer.from(wanted, "base64")),
  NumericEquals: compareNumbers((given, wanted) => given === wanted),
  DateEquals: compareDates((given, wanted) => given === wanted),
  IpAddress: compareAddress,
};

const NEGATED: Readonly<Record<string, keyof typeof POSITIVE>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
  NumericNotEquals: "NumericEquals",
  DateNotEquals: "DateEquals",
  NotIpAddress: "IpAddress",
};

const ORDERED: Readonly<Record<string, (given: number, wanted: number) => boolean>> = {
  LessThan: (given, wanted) => given < wanted,
  LessThanEquals: (given, wanted) => given <= wanted,
  GreaterThan: (given, wanted) => given > wanted,
  GreaterThanEquals: (given, wanted) => given >= wanted,
};

/** @throws Error for an operator that IAM does not know */
export function findOperator(name: string): Operator {
  const positive = Object.hasOwn(POSITIVE, name) ? POSITIVE[name] : undefined;
  if (positive) return { negated: false, compile: positive };
  const inverse = Object.hasOwn(NEGATED, name) ? POSITIVE[NEGATED[name] ?? ""] : undefined;
  if (inverse) return { negated: true, compile: inverse };
  const [, kind = "", order = ""] = /^(Numeric|Date)(.+)$/.exec(name) ?? [];
  const ordered = Object.hasOwn(ORDERED, order) ? ORDERED[order] : undefined;
  if (!ordered) throw new Error(`${name} is no condition operator`);
  return { negated: false, compile: kind === "Date" ? compareDates(ordered) : compareNumbers(ordered) };
}

/** The six parts of an ARN are compared one by one, so that a wildcard never reaches over a colon into the next. */
function compareArn(wanted: string): Compare {
  const patterns = arnParts(wanted).map((part) => compilePattern(part));
  return (given, variables) => {
    const parts = arnParts(given);
    return parts.length === patterns.length && parts.every((part, index) => patterns[index]?.(part, variables));
  };
}

function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function compareNumbers(holds: (given: number, wanted: number) => boolean): Operator["compile"] {
  return (wanted) => (given) => given.trim() !== "" && holds(Number(given), Number(wanted));
}

/** Dates of ISO 8601, or seconds since 1970. */
function compareDates(holds: (given: number, wanted: number) => boolean): Operator["compile"] {
  return (wanted) => (given) => holds(timeOf(given), timeOf(wanted));
}

function timeOf(date: string): number {
  return /^\d+$/.test(date) ? Number(date) * 1000 : Date.parse(date);
}

function compareAddress(wanted: string): Compare {
  const [network = "", prefix] = wanted.split("/");
  const family = isIPv4(network) ? "ipv4" : "ipv6";
  if (family === "ipv6" && !isIPv6(network)) throw new Error(`${wanted} is no IP address or CIDR range`);
  const range = new BlockList();
  range.addSubnet(network, prefix === undefined ? (family === "ipv4" ? 32 : 128) : Number(prefix), family);
  return (given) => (isIPv4(given) ? range.check(given, "ipv4") : isIPv6(given) && range.check(given, "ipv6"));
}
