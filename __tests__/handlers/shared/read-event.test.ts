import { EventReader } from "../../../handlers/shared/read-event";

test("one refusal names every problem with its path, what is allowed and what was got", () => {
  const read = new EventReader({ source: "aws.ec2", detail: { key: "", size: "12", list: [], flag: true } });
  read.oneOf("source", "aws.s3", "aws.events");
  read.text("detail.key");
  read.text("detail.name");
  read.optionalNumber("detail.size");
  read.optionalText("detail.flag");
  read.matching("detail.list", /x/, "hexadecimal");
  expect(read.finish("value")).toEqual({
    ok: false,
    problem:
      'source must be "aws.s3" or "aws.events", got "aws.ec2"; detail.key must be a non-empty string, got ""; ' +
      'detail.name must be a non-empty string, got nothing; detail.size must be a number or absent, got "12"; ' +
      "detail.flag must be a string or absent, got true; detail.list must be hexadecimal, got a list",
  });
});

test("a good event gives its value", () => {
  const read = new EventReader({ detail: { key: "a", size: 0 } });
  expect(read.finish([read.text("detail.key"), read.optionalNumber("detail.size"), read.optionalText("gone")])).toEqual(
    {
      ok: true,
      value: ["a", 0, undefined],
    },
  );
});

test.each([undefined, null, 7, "text", [1]])("%j is an event without anything in it", (event) => {
  const read = new EventReader(event);
  expect(read.at("detail.key")).toBeUndefined();
  expect(read.records("detail")).toEqual([]);
});

test("a long value is cut in the message", () => {
  const read = new EventReader({ a: "x".repeat(500) });
  read.matching("a", /^y$/, "y");
  expect(read.finish(0)).toEqual({ ok: false, problem: `a must be y, got "${"x".repeat(80)}..."` });
});
