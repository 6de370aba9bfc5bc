import { compilePattern } from "../../../../local/services/eventbridge/pattern";

const UPLOAD = {
  source: "aws.s3",
  "detail-type": "Object Created",
  resources: ["arn:aws:s3:::one", "arn:aws:s3:::two"],
  detail: {
    bucket: { name: "source" },
    object: { key: "uploads/Film.MP4", size: 300, tags: [], note: null, hidden: false },
    "source-ip-address": "10.0.0.123",
    v6: "2001:db8::1",
    tracks: [
      { kind: "video", codec: "h264" },
      { kind: "audio", codec: "aac", language: "en" },
    ],
  },
};

const matches = (pattern: unknown): boolean => compilePattern(JSON.stringify(pattern), "rule")(UPLOAD);
const detail = (pattern: unknown): boolean => matches({ detail: pattern });
const key = (matcher: unknown): boolean => detail({ object: { key: [matcher] } });
const size = (matcher: unknown): boolean => detail({ object: { size: [matcher] } });

describe("what an event pattern matches", () => {
  const cases: [string, boolean, boolean][] = [
    ["exact text", matches({ source: ["aws.s3"] }), true],
    ["one of several", matches({ source: ["aws.ec2", "aws.s3"] }), true],
    ["other text", matches({ source: ["aws.S3"] }), false],
    ["two fields, one other", matches({ source: ["aws.s3"], "detail-type": ["Object Deleted"] }), false],
    ["a field that is absent", matches({ absent: ["x"] }), false],
    ["an element of a list", matches({ resources: ["arn:aws:s3:::two"] }), true],
    ["no element of a list", matches({ resources: ["arn:aws:s3:::three"] }), false],
    ["null", detail({ object: { note: [null] } }), true],
    ["null against absence", detail({ object: { absent: [null] } }), false],
    ["a boolean", detail({ object: { hidden: [false] } }), true],
    ["a number", size(300), true],
    ["a number as text", size("300"), false],
    ["prefix", key({ prefix: "uploads/" }), true],
    ["prefix elsewhere", key({ prefix: "Film" }), false],
    ["prefix ignoring case", key({ prefix: { "equals-ignore-case": "UPLOADS/" } }), true],
    ["suffix", key({ suffix: ".MP4" }), true],
    ["suffix of other case", key({ suffix: ".mp4" }), false],
    ["suffix ignoring case", key({ suffix: { "equals-ignore-case": ".mp4" } }), true],
    ["suffix ignoring case, other", key({ suffix: { "equals-ignore-case": ".mov" } }), false],
    ["prefix of a number", size({ prefix: "3" }), false],
    ["equals-ignore-case", key({ "equals-ignore-case": "UPLOADS/film.mp4" }), true],
    ["equals-ignore-case of a part", key({ "equals-ignore-case": "uploads/" }), false],
    ["anything-but text", key({ "anything-but": "uploads/Film.MP4" }), false],
    ["anything-but other text", key({ "anything-but": ["a", "b"] }), true],
    ["anything-but a number", size({ "anything-but": [100, 300] }), false],
    ["anything-but other numbers", size({ "anything-but": 301 }), true],
    ["anything-but of an absent field", detail({ object: { absent: [{ "anything-but": "x" }] } }), false],
    ["anything-but prefix", key({ "anything-but": { prefix: "uploads/" } }), false],
    ["anything-but prefixes", key({ "anything-but": { prefix: ["a", "b"] } }), true],
    ["anything-but suffix", key({ "anything-but": { suffix: [".mov", ".MP4"] } }), false],
    ["anything-but wildcard", key({ "anything-but": { wildcard: "*/Film.*" } }), false],
    ["anything-but equals-ignore-case", key({ "anything-but": { "equals-ignore-case": "UPLOADS/FILM.MP4" } }), false],
    [
      "anything-but in a list with another element",
      matches({ resources: [{ "anything-but": "arn:aws:s3:::one" }] }),
      true,
    ],
    ["numeric equal", size({ numeric: ["=", 300] }), true],
    ["numeric above", size({ numeric: [">", 300] }), false],
    ["numeric from", size({ numeric: [">=", 300] }), true],
    ["numeric below", size({ numeric: ["<", 300] }), false],
    ["numeric up to", size({ numeric: ["<=", 300] }), true],
    ["numeric range", size({ numeric: [">", 0, "<=", 300] }), true],
    ["numeric range outside", size({ numeric: [">", 0, "<", 300] }), false],
    ["numeric of text", key({ numeric: [">", 0] }), false],
    ["exists", key({ exists: true }), true],
    ["exists of an absent field", detail({ object: { absent: [{ exists: true }] } }), false],
    ["exists of null", detail({ object: { note: [{ exists: true }] } }), true],
    ["exists of an object, which is no leaf", detail({ object: [{ exists: true }] }), false],
    ["exists of an empty list", detail({ object: { tags: [{ exists: true }] } }), false],
    ["not exists", detail({ object: { absent: [{ exists: false }] } }), true],
    ["not exists under an absent parent", detail({ absent: { deeper: [{ exists: false }] } }), true],
    ["not exists of what is there", key({ exists: false }), false],
    ["absent or a value", detail({ object: { absent: [{ exists: false }, "x"] } }), true],
    ["wildcard", key({ wildcard: "uploads/*.MP4" }), true],
    ["wildcard for nothing", key({ wildcard: "*uploads/Film.MP4*" }), true],
    ["wildcard, a dot is a dot", key({ wildcard: "uploads?Film*" }), false],
    ["wildcard not to the end", key({ wildcard: "uploads/*.MP" }), false],
    ["wildcard escaped", key({ wildcard: "uploads/\\*" }), false],
    ["cidr", detail({ "source-ip-address": [{ cidr: "10.0.0.0/24" }] }), true],
    ["cidr outside", detail({ "source-ip-address": [{ cidr: "10.0.1.0/24" }] }), false],
    ["cidr of IPv6", detail({ v6: [{ cidr: "2001:db8::/32" }] }), true],
    ["cidr of text", key({ cidr: "0.0.0.0/0" }), false],
    ["$or", matches({ $or: [{ source: ["aws.ec2"] }, { detail: { bucket: { name: ["source"] } } }] }), true],
    ["$or of others", matches({ $or: [{ source: ["aws.ec2"] }, { source: ["aws.sqs"] }] }), false],
    [
      "$or with a field beside it",
      matches({ source: ["aws.ec2"], $or: [{ source: ["aws.s3"] }, { source: ["x"] }] }),
      false,
    ],
    [
      "$or deeper",
      detail({ $or: [{ bucket: { name: ["x"] } }, { object: { size: [{ numeric: [">", 299] }] } }] }),
      true,
    ],
    ["fields of one element of a list", detail({ tracks: { kind: ["audio"], codec: ["aac"] } }), true],
    ["fields of different elements", detail({ tracks: { kind: ["video"], codec: ["aac"] } }), false],
    ["absence in every element", detail({ tracks: { title: [{ exists: false }] } }), true],
    ["absence in one element only", detail({ tracks: { language: [{ exists: false }] } }), false],
    ["a path through text", matches({ source: { deeper: ["x"] } }), false],
  ];

  test.each(cases)("%s", (_, got, expected) => expect(got).toBe(expected));

  test("a wildcard's escaped star and backslash stand for themselves", () => {
    const starred = compilePattern(JSON.stringify({ name: [{ wildcard: "a\\*b\\\\*" }] }), "rule");
    expect([starred({ name: "a*b\\c" }), starred({ name: "axb\\c" }), starred({ name: "a*bc" })]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe("what an event pattern may not say", () => {
  const cases: [unknown, string][] = [
    [{}, "the pattern must name at least one field"],
    [{ source: "aws.s3" }, "source must be an object or a list of at least one value"],
    [{ source: [] }, "source must be an object or a list of at least one value"],
    [{ source: [["x"]] }, "source: a list inside a list is not a comparison"],
    [
      { source: [{ like: "x" }] },
      'source: unknown comparison "like", allowed are exists, prefix, suffix, equals-ignore-case, wildcard, numeric, cidr, anything-but',
    ],
    [{ source: [{ prefix: "a", suffix: "b" }] }, "source: a comparison has exactly one operator, got 2"],
    [{ source: [{ prefix: 1 }] }, "source: prefix takes a string, got 1"],
    [{ source: [{ prefix: { suffix: "x" } }] }, 'source: prefix takes a string or equals-ignore-case, got "suffix"'],
    [{ source: [{ exists: "yes" }] }, 'source: exists takes true or false, got "yes"'],
    [{ source: [{ "anything-but": [] }] }, "source: anything-but takes at least one value"],
    [{ source: [{ "anything-but": ["a", 1] }] }, "source: anything-but takes only strings or only numbers"],
    [
      { source: [{ "anything-but": { numeric: [">", 1] } }] },
      'source: anything-but takes values, prefix, suffix, equals-ignore-case, wildcard, got "numeric"',
    ],
    [{ source: [{ wildcard: "a**" }] }, "source: wildcard must not have two * in a row"],
    [{ source: [{ wildcard: "a\\b" }] }, "source: wildcard allows \\ only before * and \\"],
    [
      { size: [{ numeric: ["<", 5, ">", 1] }] },
      'size: numeric takes ["=", n], one bound ["<", n], or a range [">=", low, "<", high]',
    ],
    [
      { size: [{ numeric: ["=", "5"] }] },
      'size: numeric takes ["=", n], one bound ["<", n], or a range [">=", low, "<", high]',
    ],
    [{ size: [{ numeric: ["=", 6e9] }] }, "size: numeric takes numbers from -5e9 to 5e9, got 6000000000"],
    [
      { ip: [{ cidr: "10.0.0.0/33" }] },
      'ip: cidr takes a block such as 10.0.0.0/24 or 2001:db8::/32, got "10.0.0.0/33"',
    ],
    [{ $or: [{ source: ["x"] }] }, "$or must be a list of at least two patterns"],
    [
      { detail: { a: "x", b: [] } },
      "detail.a must be an object or a list of at least one value; detail.b must be an object or a list of at least one value",
    ],
  ];

  test.each(cases)("%j", (pattern, problem) => {
    const compile = () => compilePattern(JSON.stringify(pattern), "aws_cloudwatch_event_rule.upload");
    expect(compile).toThrow(new Error(`aws_cloudwatch_event_rule.upload: the event pattern is not valid: ${problem}`));
  });

  test("a list is not a pattern", () => {
    expect(() => compilePattern("[]", "rule")).toThrow(new Error("rule: the event pattern must be a JSON object"));
  });
});
