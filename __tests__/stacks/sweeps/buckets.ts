import { resource, resourcesOf, statements, type SynthesisedStack, type Values } from "../../support/synthesised";

/** What holds for every bucket of a stack. */
export function sweepBuckets(stack: SynthesisedStack): void {
  const buckets = resourcesOf(stack, "aws_s3_bucket").map(([name]) => name);

  test.each(buckets)("blocks all public access to the bucket %s", (name) => {
    expect(resource(stack, `aws_s3_bucket_public_access_block.${name}`)).toMatchObject({
      bucket: `\${aws_s3_bucket.${name}.id}`,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  test.each(buckets)("refuses plaintext transport to the bucket %s", (name) => {
    const [first] = statements(resource(stack, `aws_s3_bucket_policy.${name}`).policy);
    expect(first).toEqual({
      Sid: "DenyPlaintextTransport",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [`\${aws_s3_bucket.${name}.arn}`, `\${aws_s3_bucket.${name}.arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    });
  });

  test.each(buckets)("refuses to store in the bucket %s under another key than its own", (name) => {
    const denials = statements(resource(stack, `aws_s3_bucket_policy.${name}`).policy).slice(1, 3);
    if (name === "player") return expect(denials.map(({ Effect }) => Effect)).not.toContain("Deny");
    const put = { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: `\${aws_s3_bucket.${name}.arn}/*` };
    const algorithm = "s3:x-amz-server-side-encryption";
    expect(denials).toEqual([
      {
        Sid: "DenyOtherEncryption",
        ...put,
        Condition: { StringNotEquals: { [algorithm]: "aws:kms" }, Null: { [algorithm]: "false" } },
      },
      {
        Sid: "DenyOtherKey",
        ...put,
        Condition: {
          StringEquals: { [algorithm]: "aws:kms" },
          StringNotEquals: { [`${algorithm}-aws-kms-key-id`]: `\${aws_kms_key.${name}.arn}` },
        },
      },
    ]);
  });

  test.each(buckets)("encrypts, versions and cleans up the bucket %s", (name) => {
    const [rule] = resource(stack, `aws_s3_bucket_server_side_encryption_configuration.${name}`).rule as Values[];
    const expected =
      name === "player"
        ? { sse_algorithm: "AES256" }
        : { sse_algorithm: "aws:kms", kms_master_key_id: `\${aws_kms_key.${name}.arn}` };
    expect(rule?.apply_server_side_encryption_by_default).toEqual(expected);
    expect(rule?.bucket_key_enabled).toBe(name === "player" ? undefined : true);
    expect(resource(stack, `aws_s3_bucket_versioning.${name}`).versioning_configuration).toEqual({ status: "Enabled" });
    const ids = (resource(stack, `aws_s3_bucket_lifecycle_configuration.${name}`).rule as Values[]).map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(["abort-incomplete-uploads", "expire-noncurrent-versions"]));
  });

  test("names every bucket by account and Region", () => {
    const { name, account, region } = stack.environment;
    for (const [bucket, { bucket: named }] of resourcesOf(stack, "aws_s3_bucket")) {
      expect(named).toBe(`vod-${bucket}-${name}-${account}-${region}`);
    }
  });
}
