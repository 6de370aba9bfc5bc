import { gateReport } from "../../../script/gitops/gate";
import { base, bucket, type Case, refused, type Stack, stackOf, violations } from "./gate-cases";

const TOP = "terraform, provider, resource, variable, output, moved, removed";
const AS_MAIN = "exactly main's; such a change is merged first and planned on main";
const PLAIN = "no commands: what a resource is stands in its arguments";
const TYPES =
  "types of main's script/gitops/allowed-types.json; a new one is merged with its line there and planned on main";
const IN_PLAN = "content that stands in the plan, or an object in S3";

const BLOCKS: Case[] = [
  ["a module", (s) => (s.module = { m: { source: "./m" } }), `module: got a block "module"; allowed: ${TOP}`],
  ["data", (s) => (s.data = { http: { h: { url: "u" } } }), `data: got a block "data"; allowed: ${TOP}`],
  ["an ephemeral block", (s) => (s.ephemeral = {}), `ephemeral: got a block "ephemeral"; allowed: ${TOP}`],
  ["a secret by another name", (s) => (s.locals = { a: "${var.s}" }), `locals: got a block "locals"; allowed: ${TOP}`],
  ["an import", (s) => (s.import = [{ to: "a.b", id: "1" }]), `import: got a block "import"; allowed: ${TOP}`],
  [
    "a check with data",
    (s) => (s.check = { c: { data: { http: { h: {} } } } }),
    `check: got a block "check"; allowed: ${TOP}`,
  ],
  [
    "HCP Terraform",
    (s) => (s.terraform.cloud = { organization: "o" }),
    'terraform.cloud: got cloud = {"organization":"o"}; allowed: backend, required_providers, required_version',
  ],
  [
    "a provider's metadata",
    (s) => (s.terraform.provider_meta = {}),
    "terraform.provider_meta: got provider_meta = {}; allowed: backend, required_providers, required_version",
  ],
  [
    "no terraform block",
    (s) => delete s.terraform,
    "terraform: got nothing; allowed: an object with backend, required_providers, required_version",
  ],
];

const BACKENDS: Case[] = [
  [
    "another bucket",
    (s) => (s.terraform.backend.s3.bucket = "mine"),
    `terraform.backend.s3.bucket: got "mine"; allowed: "vod-state-dev-111111111111-eu-west-1": ${AS_MAIN}`,
  ],
  [
    "another key",
    (s) => (s.terraform.backend.s3.key = "vod/prod/vod-prod.tfstate"),
    `terraform.backend.s3.key: got "vod/prod/vod-prod.tfstate"; allowed: "vod/dev/vod-dev.tfstate": ${AS_MAIN}`,
  ],
  [
    "endpoints of the backend",
    (s) => (s.terraform.backend.s3.endpoints = { s3: "http://evil" }),
    `terraform.backend.s3.endpoints: got {"s3":"http://evil"}; allowed: nothing: ${AS_MAIN}`,
  ],
  [
    "no lock",
    (s) => delete s.terraform.backend.s3.use_lockfile,
    `terraform.backend.s3.use_lockfile: got nothing; allowed: true: ${AS_MAIN}`,
  ],
  [
    "a backend of type http",
    (s) => (s.terraform.backend = { http: { address: "http://evil" } }),
    'terraform.backend: got {"http":{"address":"http://evil"}}; allowed: one backend, s3',
  ],
  [
    "two backends",
    (s) => (s.terraform.backend.http = {}),
    'terraform.backend: got {"s3":{"bucket":"vod-state-dev-111111111111-eu-west-1","encrypt":true,"key":"vod...; allowed: one backend, s3',
  ],
];

const PROVIDERS: Case[] = [
  ["another provider", (s) => (s.provider.external = {}), "provider.external: got external = {}; allowed: aws"],
  [
    "another provider required",
    (s) => (s.terraform.required_providers.http = { source: "hashicorp/http" }),
    'terraform.required_providers.http: got http = {"source":"hashicorp/http"}; allowed: aws',
  ],
  [
    "another source",
    (s) => (s.terraform.required_providers.aws.source = "evil/aws"),
    'terraform.required_providers.aws.source: got "evil/aws"; allowed: hashicorp/aws',
  ],
  [
    "a version that is none",
    (s) => (s.terraform.required_providers.aws.version = "${file(1)}"),
    'terraform.required_providers.aws.version: got "${file(1)}"; allowed: a version constraint',
  ],
  [
    "an alias added",
    (s) => s.provider.aws.push({ alias: "other", region: "us-west-2" }),
    `provider.aws["other"]: got a provider that main does not have; allowed: ${AS_MAIN}`,
  ],
  ["an alias gone", (s) => s.provider.aws.pop(), `provider.aws["edge"]: got 0 such providers; allowed: ${AS_MAIN}`],
  [
    "a provider twice",
    (s) => s.provider.aws.push(s.provider.aws[0]),
    `provider.aws: got 2 such providers; allowed: ${AS_MAIN}`,
  ],
  [
    "endpoints",
    (s) => (s.provider.aws[0].endpoints = [{ sts: "http://evil" }]),
    `provider.aws.endpoints: got [{"sts":"http://evil"}]; allowed: nothing: ${AS_MAIN}`,
  ],
  [
    "another role",
    (s) => (s.provider.aws[1].assume_role = [{ role_arn: "arn" }]),
    `provider.aws["edge"].assume_role: got [{"role_arn":"arn"}]; allowed: nothing: ${AS_MAIN}`,
  ],
  [
    "any account",
    (s) => delete s.provider.aws[0].allowed_account_ids,
    `provider.aws.allowed_account_ids: got nothing; allowed: ["111111111111"]: ${AS_MAIN}`,
  ],
  [
    "a secret in the tags of the provider",
    (s) => (s.provider.aws[0].default_tags[0].tags.note = "${var.cdn_identifier}"),
    'provider.aws.default_tags.tags.note: got "${var.cdn_identifier}"; allowed: plain text',
  ],
  ["no provider block", (s) => delete s.provider, "provider: got nothing; allowed: an object with aws"],
];

const RESOURCES: Case[] = [
  [
    "a type that is not in the list",
    (s) => (s.resource.null_resource = { run: {} }),
    `resource.null_resource: got a resource type that is not in the list (run); allowed: ${TYPES}`,
  ],
  [
    "a type of AWS that is not in the list",
    (s) => (s.resource.aws_iam_user = { me: { name: "me" } }),
    `resource.aws_iam_user: got a resource type that is not in the list (me); allowed: ${TYPES}`,
  ],
  [
    "a provisioner",
    (s) => (bucket(s).provisioner = [{ "local-exec": { command: "id" } }]),
    `aws_s3_bucket.source.provisioner: got a provisioner ([{"local-exec":{"command":"id"}}]); allowed: ${PLAIN}`,
  ],
  [
    "a connection",
    (s) => (bucket(s).connection = { host: "h" }),
    `aws_s3_bucket.source.connection: got a connection ({"host":"h"}); allowed: ${PLAIN}`,
  ],
  [
    "a number that tells of a secret",
    (s) => (bucket(s).count = "${var.cdn_identifier}"),
    'aws_s3_bucket.source.count: got "${var.cdn_identifier}"; allowed: each resource by its own name',
  ],
  [
    "blocks whose number tells of a secret",
    (s) => (bucket(s).dynamic = { tag: {} }),
    'aws_s3_bucket.source.dynamic: got {"tag":{}}; allowed: each resource by its own name',
  ],
  [
    "a provider that is implied",
    (s) => (bucket(s).provider = "external"),
    'aws_s3_bucket.source.provider: got "external"; allowed: aws, aws.edge',
  ],
  [
    "a condition of the lifecycle",
    (s) => (bucket(s).lifecycle = { precondition: [{ condition: true }] }),
    'aws_s3_bucket.source.lifecycle.precondition: got precondition = [{"condition":true}]; allowed: create_before_destroy, prevent_destroy, ignore_changes, replace_triggered_by',
  ],
  [
    "an object that is a file of the machine",
    (s) => (s.resource.aws_s3_object = { config: { source: "/proc/self/environ" } }),
    `aws_s3_object.config.source: got "/proc/self/environ"; allowed: ${IN_PLAN}`,
  ],
  [
    "a function that is a file of the machine",
    (s) => (s.resource.aws_lambda_function.mint_playback.filename = "a.zip"),
    `aws_lambda_function.mint_playback.filename: got "a.zip"; allowed: ${IN_PLAN}`,
  ],
  [
    "a CloudFormation body from elsewhere",
    (s) => (s.resource.aws_cloudformation_stack.packaging.template_url = "https://evil"),
    `aws_cloudformation_stack.packaging.template_url: got "https://evil"; allowed: ${IN_PLAN}`,
  ],
  [
    "a list of resources, which Terraform would read",
    (s) => (s.resource = [s.resource]),
    expect.stringMatching(/^resource: got \[.*; allowed: an object with types$/),
  ],
  [
    "a variable that shows its value",
    (s) => (s.variable.cdn_identifier.sensitive = false),
    "variable.cdn_identifier: got a variable that is not sensitive; allowed: sensitive = true",
  ],
  [
    "a removal that runs a command",
    (s) => (s.removed = [{ from: "aws_sns_topic.x", provisioner: [{ "local-exec": {} }] }]),
    'removed.provisioner: got provisioner = [{"local-exec":{}}]; allowed: from, lifecycle',
  ],
];

describe("the gate refuses", () => {
  const cases = [...BLOCKS, ...BACKENDS, ...PROVIDERS, ...RESOURCES];

  test.each(cases)("%s", (_name, change, message) => {
    expect(refused(change)).toContainEqual(message);
  });

  test("what Terraform merges and JavaScript drops: a key that stands twice", () => {
    const twice = base.replace('"resource": {', '"resource": {"null_resource":{"x":{}}}, "resource": {');
    expect(JSON.parse(twice)).toEqual(JSON.parse(base));
    expect(violations(twice, base)).toEqual([
      'the file: got the key "resource" stands twice in one object; allowed: JSON as it is synthesised',
    ]);
  });

  test("the same key written with an escape", () => {
    expect(violations('{"a": 1, "\\u0061": 2}')).toEqual([
      'the file: got the key "a" stands twice in one object; allowed: JSON as it is synthesised',
    ]);
  });

  test("what is no JSON", () => {
    expect(violations("{")).toEqual([expect.stringMatching(/^the file: got no JSON: .*; allowed: JSON as it is/)]);
  });

  test("a list in place of the document", () => {
    expect(violations("[]")).toEqual([expect.stringMatching(/^the file: got \[\]; allowed: an object with/)]);
  });

  test("an unusual backend and provider where there is no main to compare with", () => {
    const change = (s: Stack) => {
      s.terraform.backend.s3.endpoints = {};
      s.terraform.backend.s3.encrypt = false;
      s.provider.aws[0].assume_role = {};
    };
    const stack = stackOf(base);
    change(stack);
    expect(violations(JSON.stringify(stack))).toEqual([
      "terraform.backend.s3.endpoints: got endpoints = {}; allowed: bucket, key, region, encrypt, use_lockfile, kms_key_id",
      "terraform.backend.s3.encrypt: got false; allowed: true",
      "provider.aws.assume_role: got assume_role = {}; allowed: alias, region, allowed_account_ids, default_tags",
    ]);
  });
});

test("the report has a line for each violation, or says that there is none", () => {
  expect(gateReport([], "dev.json")).toBe("dev.json: passed the gate\n");
  const one = { where: "data", got: 'a block "data"', allowed: "resource" };
  expect(gateReport([one], "dev.json")).toBe(
    "dev.json: 1 thing is not allowed in a stack that is planned before it is reviewed\n" +
      '  data: got a block "data"; allowed: resource\n',
  );
  expect(gateReport([one, one], "dev.json")).toContain("2 things are not allowed");
});
