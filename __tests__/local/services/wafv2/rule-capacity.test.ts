import { AwsError } from "../../../../local/kernel/aws-service";
import { capacityOf } from "../../../../local/services/wafv2/rule-capacity";

const NONE = { TextTransformations: [{ Priority: 0, Type: "NONE" }] };
const TWO = { TextTransformations: [...NONE.TextTransformations, ...NONE.TextTransformations] };
const starts = { ByteMatchStatement: { PositionalConstraint: "STARTS_WITH", ...NONE } };

test.each([
  ["a country", { GeoMatchStatement: {} }, 1],
  ["a set of addresses", { IPSetReferenceStatement: {} }, 1],
  ["a regular expression with two transformations", { RegexMatchStatement: TWO }, 23],
  ["the start of something", starts, 12],
  ["a part of something", { ByteMatchStatement: { PositionalConstraint: "CONTAINS", ...NONE } }, 20],
  ["a negation", { NotStatement: { Statement: starts } }, 12],
  ["alternatives", { OrStatement: { Statements: [starts, starts] } }, 24],
])("%s costs what AWS says", (_, Statement, units) => {
  expect(capacityOf([{ Statement }])).toBe(units);
});

test("a statement that no rule group may hold is refused", () => {
  expect(() => capacityOf([{ Statement: { ManagedRuleGroupStatement: {} } }])).toThrow(
    new AwsError(
      "WAFInvalidParameterException",
      "A rule's statement must be one of GeoMatchStatement, IPSetReferenceStatement, RegexMatchStatement, ByteMatchStatement, NotStatement, AndStatement, OrStatement, got ManagedRuleGroupStatement.",
    ),
  );
});
