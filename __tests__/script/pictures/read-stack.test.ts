import { kept } from "../../../script/pictures/kept";
import { keyOf } from "../../../script/pictures/key-of";
import { originNode } from "../../../script/pictures/origins";
import { grants, referred, stageOf } from "../../../script/pictures/read-stack";
import type { Resources } from "../../../script/stack-resources";

const at = (path: string) => ({ "//": { metadata: { path } } });

test("a resource's stage is that of its construct; what stages share has none", () => {
  const stack: Resources = {
    aws_lambda_function: {
      mint: at("vod-dev/entitle/mint/mint"),
      accept: at("vod-dev/uploads/accept/accept"),
      shared: at("vod-dev/titles/catalogue"),
    },
  };
  expect(stageOf(stack, "aws_lambda_function", "mint")).toBe("entitle");
  expect(stageOf(stack, "aws_lambda_function", "accept")).toBe("ingest");
  expect(stageOf(stack, "aws_lambda_function", "shared")).toBeUndefined();
});

test("an expression leads to the resource that it names, through a function or an index", () => {
  expect(referred("${aws_s3_bucket.source.arn}/uploads/*")).toEqual({ type: "aws_s3_bucket", name: "source" });
  expect(referred('${trimprefix(aws_cloudformation_stack.packaging.outputs["DomainName"], "https://")}')).toEqual({
    type: "aws_cloudformation_stack",
    name: "packaging",
  });
  expect(referred("arn:aws:mediaconvert:eu-west-1:1:jobs/*")).toBeUndefined();
});

test("grants are what is allowed, action by action; what is denied is none", () => {
  const policy = JSON.stringify({
    Statement: [
      { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: ["a", "b"] },
      { Effect: "Deny", Action: "s3:*", Resource: "*" },
    ],
  });
  const made = grants({ aws_iam_role_policy: { mint: { role: "${aws_iam_role.mint.name}", policy } } });
  expect(made.map(({ role, action, resource }) => `${role} ${action} ${resource}`)).toEqual([
    "mint s3:GetObject a",
    "mint s3:GetObject b",
    "mint s3:PutObject a",
    "mint s3:PutObject b",
  ]);
});

test.each([
  [0, 0, 1, "not kept"],
  [1, 5, 5, "kept 5 seconds at most"],
  [5, 5, 5, "kept 5 seconds"],
  [0, 86_400, 86_400, "kept a day at most"],
  [31_536_000, 31_536_000, 31_536_000, "kept a year"],
  [0, 3_600, 31_536_000, "kept as the file says, else an hour"],
])("a policy of %d, %d and %d seconds: %s", (min_ttl, default_ttl, max_ttl, words) => {
  expect(kept({ aws_cloudfront_cache_policy: { p: { min_ttl, default_ttl, max_ttl } } }, "p")).toBe(words);
});

test("a policy that is not the stack's is named", () => {
  expect(() => kept({}, "managed")).toThrow(new Error("the stack has no aws_cloudfront_cache_policy.managed"));
});

test("a bucket's key is that of its encryption, and where none is named it is AWS's", () => {
  const by = (rule: object): Resources => ({
    aws_s3_bucket_server_side_encryption_configuration: {
      source: { rule: [{ apply_server_side_encryption_by_default: rule }] },
    },
  });
  expect(keyOf(by({ kms_master_key_id: "${aws_kms_key.masters.arn}" }), "aws_s3_bucket", "source")).toBe(
    "key: masters",
  );
  expect(keyOf(by({ sse_algorithm: "AES256" }), "aws_s3_bucket", "source")).toBe("key: AWS's own");
});

test("an origin that the picture does not know is named", () => {
  expect(() => originNode("media.example.com")).toThrow(
    new Error("an origin that the picture does not know: media.example.com"),
  );
});
