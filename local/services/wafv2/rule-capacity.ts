import { AwsError } from "../../kernel/aws-service";
import { isObject } from "../json-protocol";

type Values = Readonly<Record<string, unknown>>;

const TRANSFORMATION = 10;
/** Base costs: https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statements-match.html */
const GEO = 1;
const ADDRESSES = 1;
const REGEX = 3;
const BYTES: Readonly<Record<string, number>> = {
  EXACTLY: 2,
  STARTS_WITH: 2,
  ENDS_WITH: 2,
  CONTAINS: 10,
  CONTAINS_WORD: 10,
};

/**
 * Units that rules of a group cost. AWS may count a transformation once that several rules share; here each counts, so
 * that what fits here fits there.
 * @throws AwsError `WAFInvalidParameterException` for a statement that a group may not hold, or that is not known here.
 */
export function capacityOf(rules: readonly Values[]): number {
  return rules.reduce((sum, { Statement: statement }) => sum + unitsOf(isObject(statement) ? statement : {}), 0);
}

function unitsOf(statement: Values): number {
  const [[kind, value] = ["", undefined]] = Object.entries(statement);
  const body: Values = isObject(value) ? value : {};
  const transformed = TRANSFORMATION * listOf(body.TextTransformations).length;
  switch (kind) {
    case "GeoMatchStatement":
      return GEO;
    case "IPSetReferenceStatement":
      return ADDRESSES;
    case "RegexMatchStatement":
      return REGEX + transformed;
    case "ByteMatchStatement":
      return (BYTES[String(body.PositionalConstraint)] ?? unknown(kind)) + transformed;
    case "NotStatement":
      return unitsOf(isObject(body.Statement) ? body.Statement : {});
    case "AndStatement":
    case "OrStatement":
      return listOf(body.Statements).reduce<number>((sum, part) => sum + unitsOf(isObject(part) ? part : {}), 0);
    default:
      return unknown(kind);
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function unknown(kind: string): never {
  throw new AwsError(
    "WAFInvalidParameterException",
    `A rule's statement must be one of GeoMatchStatement, IPSetReferenceStatement, RegexMatchStatement, ByteMatchStatement, NotStatement, AndStatement, OrStatement, got ${kind || "nothing"}.`,
  );
}
