import { Lazy, Token } from "cdktf";
import { json } from "../../../stacks/shared/json";

test("json escapes a literal opening, so that an IAM variable is not read as a Terraform reference", () => {
  expect(json({ Resource: "arn:aws:s3:::b/${aws:username}/*" })).toBe(
    '{"Resource":"arn:aws:s3:::b/$${aws:username}/*"}',
  );
});

test("json leaves string tokens to become references", () => {
  const token = Lazy.stringValue({ produce: () => "x" });
  expect(json({ Resource: token })).toBe(`{"Resource":"${token}"}`);
});

test("json refuses a token that would be written as a meaningless number", () => {
  expect(() => json({ port: Token.asNumber({ resolve: () => 1 }) })).toThrow(
    "json(): port is a token that is not a string",
  );
});
