import { evaluateTemplate, ExpressionError, type Scope, templateReferences } from "../../../local/terraform/expression";
import { CASES, LOCALS } from "./expression-cases";

const scope: Scope = {
  local: (name) => {
    if (!Object.hasOwn(LOCALS, name)) throw new ExpressionError(`no local ${name}`);
    return LOCALS[name]!;
  },
  variable: (name) => (name === "secret" ? "s3cr3t" : null),
  attribute: (address, name) => (name === "block" ? { inner: "in" } : `<${address}|${name}>`),
};
const evaluate = (text: string) => evaluateTemplate(text, scope);

test.each(CASES)("%s", (template, value) => {
  expect(evaluate(template)).toEqual(value);
});

describe("references to resources", () => {
  test("an attribute is asked of its address", () => {
    expect(evaluate("${aws_sqs_queue.dead_letters.arn}/x")).toBe("<aws_sqs_queue.dead_letters|arn>/x");
  });

  test("an attribute may stand in brackets", () => {
    expect(evaluate('${aws_sqs_queue.a["arn"]}')).toBe("<aws_sqs_queue.a|arn>");
  });

  test("a nested block that the JSON writes as an object is a list of one", () => {
    expect(evaluate("${aws_x.a.block[0].inner} ${aws_x.a.block.0.inner} ${aws_x.a.block.inner}")).toBe("in in in");
  });
});

describe("refusals quote the expression and say what is wrong", () => {
  const unsupported = (what: string) =>
    `${what} is not supported: write the value so that it needs references and functions only`;

  test.each([
    ["x ${local.yes ? 1 : 2} y", "in ${local.yes ? 1 : 2} y: " + unsupported("the operator ?")],
    ["${local.n + 1}", "in ${local.n + 1}: " + unsupported("the operator +")],
    ["${local.n == 1}", "in ${local.n == 1}: " + unsupported("the operator ==")],
    ["${!local.yes}", "in ${!local.yes}: " + unsupported("the operator !")],
    ["${[for x in local.words : x]}", "in ${[for x in local.words : x]}: " + unsupported("a for expression")],
    ["${{for x in local.words : x => 1}}", "in ${{for x in local.words : x => 1}}: " + unsupported("a for expression")],
    ["${<<E\nE\n}", "in ${<<E\nE\n}: " + unsupported("a here document")],
    ["${provider::aws::arn_parse(1)}", "in ${provider::aws::arn_parse(1)}: " + unsupported("a provider's function")],
    ["%{ if true }a%{ endif }", "template directives (%{ if }, %{ for }) are not supported"],
    ["${1234567890123456}", "in ${1234567890123456}: a number may have 15 digits at most, got 16"],
    ["${local.t", "in ${local.t: expected } at the end of an interpolation, got the end"],
    ['${"a}', 'in ${"a}: a quotation mark is not closed'],
    ["${}", 'in ${}: expected a value, got "}"'],
    ['${"\\d"}', 'in ${"\\d"}: \\d is no escape: there are \\n \\r \\t \\" \\\\ \\uNNNN \\UNNNNNNNN'],
    ["${[1 2]}", 'in ${[1 2]}: expected , or ] in a list, got "2"'],
    ["${{a = 1 b = 2}}", 'in ${{a = 1 b = 2}}: expected , or } in an object, got "b"'],
    ["${local.t.}", 'in ${local.t.}: expected a name after the dot, got "}"'],
    ["${lower(local.t local.n)}", 'in ${lower(local.t local.n)}: expected , or ) in the arguments of lower, got "l"'],
    ["${local.nested.nope}", "in ${local.nested.nope}: no such key; there are 0, list, a-b"],
    ["${local.words[3]}", "in ${local.words[3]}: no such element: the list has 3, counted from 0"],
    ["${local.t.x}", "in ${local.t.x}: string has no attributes and no elements"],
    ["a${local.nothing}", "in ${local.nothing}: what is put into text must be a string, a number or a bool, got null"],
    ["a${local.words}", "in ${local.words}: what is put into text must be a string, a number or a bool, got a list"],
    ["${local.gone}", "in ${local.gone}: no local gone"],
    [
      "${data.aws_region.here.name}",
      "in ${data.aws_region.here.name}: data is not supported: only var.NAME, local.NAME and TYPE.NAME.ATTRIBUTE are",
    ],
    ["${nonsense}", "in ${nonsense}: nonsense is not supported: only var.NAME, local.NAME and TYPE.NAME.ATTRIBUTE are"],
    ["${aws_x.y}", "in ${aws_x.y}: aws_x.y stands for a whole resource, which is not supported: name one attribute"],
    ["${lower()}", "in ${lower()}: lower: takes 1 argument, got 0"],
    ["${join()}", "in ${join()}: join: takes 2 or more arguments, got 0"],
    ["${lower([])}", "in ${lower([])}: lower: argument 1 must be a string, a number or a bool, got a list"],
    ["${element([], 0)}", "in ${element([], 0)}: element: the list must not be empty"],
    ['${lookup({}, "a")}', 'in ${lookup({}, "a")}: lookup: there is no such key and no default'],
    [
      '${replace("a", "/(/", "")}',
      'in ${replace("a", "/(/", "")}: replace: the pattern between the slashes is no regular expression',
    ],
    [
      '${format("%x", 1)}',
      'in ${format("%x", 1)}: format: %x is not supported for this argument: there are %s %d %q %t %v',
    ],
    ['${format("%s")}', 'in ${format("%s")}: format: %s has no argument left'],
    ['${format("a", 1)}', 'in ${format("a", 1)}: format: there are 1 arguments more than verbs'],
  ])("%s", (template, message) => {
    expect(() => evaluate(template)).toThrow(new ExpressionError(message));
  });

  test("an unknown function is answered with those that there are", () => {
    expect(() => evaluate('${file("x")}')).toThrow(
      new Error(
        'in ${file("x")}: the function file is not supported; supported are base64decode, base64encode, base64sha256, concat, ' +
          "element, format, join, jsondecode, jsonencode, keys, length, lookup, lower, merge, replace, sha256, split, substr, " +
          "tolist, toset, tostring, trimprefix, trimspace, trimsuffix, upper, values",
      ),
    );
  });

  test.each([
    "${jsondecode(var.secret)}",
    "${base64decode(var.secret)}",
    "${element([], var.secret)}",
    "${var.secret.x}",
  ])("the value of a variable is never quoted: %s", (template) => {
    const message = (() => {
      try {
        return JSON.stringify(evaluate(template));
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(message).toContain("var.secret");
    expect(message).not.toContain("s3cr3t");
  });

  test("a long expression is quoted from its beginning", () => {
    const long = `\${nosuch("${"x".repeat(500)}")}`;
    expect(() => evaluate(long)).toThrow(`in ${long.slice(0, 200)}...: the function nosuch`);
  });
});

test("references are those of the whole template, indexes and arguments included", () => {
  const text = '${aws_a.b.c} ${join(local.x, [var.y, { k = "${aws_d.e["f"]}" }])} ${local.l[aws_g.h.i].*.m}';
  expect(templateReferences(text)).toEqual([
    { root: "aws_a", name: "b", attribute: "c" },
    { root: "local", name: "x" },
    { root: "var", name: "y" },
    { root: "aws_d", name: "e", attribute: "f" },
    { root: "local", name: "l" },
    { root: "aws_g", name: "h", attribute: "i" },
  ]);
});
