import { bucket, type Case, refused, type Stack, tagged } from "./gate-cases";

const PURE = "functions of their arguments alone: none that reads files, clocks or chance, none of a provider";
const SIMPLE = "references, indexes and functions only, as the stacks synthesise them";
const REFERENCES = "variables, and resources of allowed types";
const NOTE = "resource.aws_s3_bucket.source.tags.note";

const EXPRESSIONS: Case[] = [
  ["file()", tagged('${file("x")}'), `${NOTE}: got the function file(); allowed: ${PURE}`],
  ["filebase64()", tagged('${filebase64("x")}'), `${NOTE}: got the function filebase64(); allowed: ${PURE}`],
  ["fileset()", tagged('${fileset(".", "*")}'), `${NOTE}: got the function fileset(); allowed: ${PURE}`],
  ["pathexpand()", tagged('${pathexpand("~")}'), `${NOTE}: got the function pathexpand(); allowed: ${PURE}`],
  ["abspath()", tagged('${abspath(".")}'), `${NOTE}: got the function abspath(); allowed: ${PURE}`],
  ["timestamp()", tagged("${timestamp()}"), `${NOTE}: got the function timestamp(); allowed: ${PURE}`],
  ["plantimestamp()", tagged("${plantimestamp()}"), `${NOTE}: got the function plantimestamp(); allowed: ${PURE}`],
  ["uuid()", tagged("${uuid()}"), `${NOTE}: got the function uuid(); allowed: ${PURE}`],
  [
    "templatefile() inside another interpolation",
    tagged('a ${lower("b ${templatefile("x", {})}")}'),
    `${NOTE}: got the function templatefile(); allowed: ${PURE}`,
  ],
  [
    "file() in jsonencode()",
    tagged('${jsonencode({ a = [file("x")] })}'),
    `${NOTE}: got the function file(); allowed: ${PURE}`,
  ],
  [
    "file() with a space",
    tagged('${file ("x")}'),
    expect.stringContaining(`${NOTE}: got an expression that cannot be judged`),
  ],
  ["file() behind a comment", tagged('${file/**/("x")}'), expect.stringContaining("cannot be judged")],
  [
    "file() by its full name",
    tagged('${core::file("x")}'),
    `${NOTE}: got an expression that cannot be judged (in \${core::file("x")}: a provider's function is not supported: write the value so that it needs references and functions only); allowed: ${SIMPLE}`,
  ],
  ["a here document", tagged('${<<E\n${file("x")}\nE\n}'), expect.stringContaining("a here document is not supported")],
  ["a directive", tagged('%{ if true }${file("x")}%{ endif }'), expect.stringContaining("template directives")],
  [
    "templatestring() of an escaped text",
    tagged("${templatestring(aws_s3_bucket.t.id, {})}"),
    `${NOTE}: got the function templatestring(); allowed: ${PURE}`,
  ],
  [
    "nonsensitive()",
    tagged("${nonsensitive(var.cdn_identifier)}"),
    `${NOTE}: got the function nonsensitive(); allowed: ${PURE}`,
  ],
  [
    "file() in a key",
    (s) => (bucket(s).tags = { '${file("x")}': "v" }),
    `resource.aws_s3_bucket.source.tags, the key \${file("x")}: got the function file(); allowed: ${PURE}`,
  ],
  [
    "file() in a local",
    (s) => (s.locals = { a: '${file("x")}' }),
    `locals.a: got the function file(); allowed: ${PURE}`,
  ],
  [
    "file() in an output",
    (s) => (s.output.app.value = '${file("x")}'),
    `output.app.value: got the function file(); allowed: ${PURE}`,
  ],
  [
    "file() in a comment",
    (s) => (bucket(s)["//"].note = '${file("x")}'),
    `resource.aws_s3_bucket.source.//.note: got the function file(); allowed: ${PURE}`,
  ],
  [
    "a piece of a secret",
    tagged("${substr(var.cdn_identifier, 0, 4)}"),
    `${NOTE}: got a variable inside substr(); allowed: a secret whole, so that logs can mask it`,
  ],
  ["the machine's path", tagged("${path.cwd}"), `${NOTE}: got a reference to path; allowed: ${REFERENCES}`],
  ["the workspace", tagged("${terraform.workspace}"), `${NOTE}: got a reference to terraform; allowed: ${REFERENCES}`],
  ["data by reference", tagged("${data.http.x.body}"), `${NOTE}: got a reference to data; allowed: ${REFERENCES}`],
  [
    "file() in a CloudFormation body",
    (s) => (s.resource.aws_cloudformation_stack.packaging.template_body = '{"Description":"${file("x")}"}'),
    `resource.aws_cloudformation_stack.packaging.template_body: got the function file(); allowed: ${PURE}`,
  ],
];

const body = (document: string) => (s: Stack) => {
  s.resource.aws_cloudformation_stack.packaging.template_body = document;
};
const BODY = "aws_cloudformation_stack.packaging.template_body";
const SECTIONS = "AWSTemplateFormatVersion, Description, Resources, Outputs";
const BODY_TYPES =
  "AWS::MediaConvert::JobTemplate, AWS::MediaPackage::PackagingConfiguration, AWS::MediaPackage::PackagingGroup";

const BODIES: Case[] = [
  [
    "another type",
    body('{"Resources":{"U":{"Type":"AWS::IAM::User"}}}'),
    `${BODY}.Resources.U: got "AWS::IAM::User"; allowed: ${BODY_TYPES}`,
  ],
  [
    "a macro",
    body('{"Transform":"AWS::Include"}'),
    `${BODY}.Transform: got Transform = "AWS::Include"; allowed: ${SECTIONS}`,
  ],
  [
    "a body made of an expression",
    body("${jsonencode({})}"),
    `${BODY}: got a body that cannot be judged (no JSON: Unexpected token 'e', "expression" is not valid JSON); allowed: JSON with references in it`,
  ],
  [
    "a text that could leave its quotation marks",
    body('{"Description":"${aws_s3_bucket.source.tags}"}'),
    `${BODY}: got \${aws_s3_bucket.source.tags}; allowed: arn, id, name, bucket of a resource`,
  ],
  [
    "a key twice",
    body('{"Resources":{},"Resources":{}}'),
    `${BODY}: got a body that cannot be judged (the key "Resources" stands twice in one object); allowed: JSON with references in it`,
  ],
];

test.each(EXPRESSIONS)("the gate refuses %s", (_name, change, message) => {
  expect(refused(change)).toContainEqual(message);
});

test.each(BODIES)("the gate refuses in a CloudFormation body: %s", (_name, change, message) => {
  expect(refused(change)).toContainEqual(message);
});
