import { parseDocument } from "../../../local/terraform/document";

const parse = (document: unknown) => parseDocument(JSON.stringify(document), "cdk.tf.json");

test("resources come in order of address, with their arguments apart from what speaks to Terraform", () => {
  const body = {
    "//": {},
    depends_on: ["a.b"],
    lifecycle: {},
    provider: "aws.edge",
    provisioner: [],
    connection: {},
    name: "n",
  };
  expect([...parse({ resource: { z: { z: {} }, a: { z: body, b: {} } } }).resources]).toEqual([
    ["a.b", { type: "a", name: "b", address: "a.b", arguments: {}, dependsOn: [] }],
    [
      "a.z",
      { type: "a", name: "z", address: "a.z", arguments: { name: "n" }, dependsOn: ["a.b"], provider: "aws.edge" },
    ],
    ["z.z", { type: "z", name: "z", address: "z.z", arguments: {}, dependsOn: [] }],
  ]);
});

test("one provider may stand without a list", () => {
  expect(parse({ provider: { aws: { region: "eu-west-1" } } }).providers).toEqual([{ region: "eu-west-1" }]);
});

test("what says where resources stood before an earlier apply means nothing where there was none", () => {
  const history = { moved: [{ from: "a.old", to: "a.b" }], removed: [{ from: "a.c", lifecycle: { destroy: true } }] };
  expect([...parse({ resource: { a: { b: {} } }, ...history }).resources.keys()]).toEqual(["a.b"]);
});

test("an empty document is a stack of nothing", () => {
  expect(parse({})).toEqual({
    file: "cdk.tf.json",
    resources: new Map(),
    variables: new Map(),
    locals: new Map(),
    outputs: new Map(),
    providers: [],
  });
});

test.each([
  ["text that is not JSON", "secret {", "cdk.tf.json: not JSON: run npm run synth again"],
  ["a list", "[]", "cdk.tf.json: the document must be an object, got a list"],
  ["a section that is no object", '{"resource": 1}', "cdk.tf.json: resource must be an object, got number"],
  ["a resource that is no object", '{"resource": {"a": {"b": "c"}}}', "cdk.tf.json: a.b must be an object, got string"],
  [
    "data sources and modules",
    '{"data": {"aws_region": {"r": {}}}, "module": {"m": {}}}',
    "cdk.tf.json: data, module: not supported, the stacks have none",
  ],
  [
    "repetition",
    '{"resource": {"a": {"b": {"for_each": "${x}"}}}}',
    "cdk.tf.json: a.b: for_each is not supported, write each resource out",
  ],
])("%s is refused", (_, text, message) => {
  expect(() => parseDocument(text, "cdk.tf.json")).toThrow(new Error(message));
});
