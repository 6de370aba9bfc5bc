import { ruleBlock } from "../../../../local/services/wafv2/rule-blocks";

test("lists become repeated blocks, and a search string its bytes", () => {
  const match = (text: string) => ({
    ByteMatchStatement: {
      SearchString: Buffer.from(text).toString("base64"),
      PositionalConstraint: "STARTS_WITH",
      FieldToMatch: { UriPath: {} },
      TextTransformations: [{ Priority: 0, Type: "NONE" }],
    },
  });
  expect(ruleBlock({ Name: "r", Statement: { OrStatement: { Statements: [match("/a"), match("/b")] } } })).toEqual({
    name: "r",
    statement: {
      or_statement: {
        statement: ["/a", "/b"].map((text) => ({
          byte_match_statement: {
            search_string: text,
            positional_constraint: "STARTS_WITH",
            field_to_match: { uri_path: {} },
            text_transformation: [{ priority: 0, type: "NONE" }],
          },
        })),
      },
    },
  });
});

test("addresses keep their acronym in one word", () => {
  expect(ruleBlock({ IPSetReferenceStatement: { ARN: "a" } })).toEqual({ ip_set_reference_statement: { arn: "a" } });
});
