import {
  environment,
  everyStack,
  resource,
  resourcesOf,
  statements,
  synthesised,
  title,
} from "../../support/synthesised";

describe.each(everyStack().map((stack) => [title(stack), stack] as const))("uploads in %s", (_, stack) => {
  const { uploadPrefix } = stack.environment.ingest;

  test("may add to the upload prefix, and read nothing", () => {
    const policy = statements(resource(stack, "aws_iam_role_policy.accept_uploads").policy);
    const bucket = "${aws_s3_bucket.source.arn}";
    const ofBucket = policy.filter(({ Resource }) => JSON.stringify(Resource).includes("aws_s3_bucket"));
    expect(ofBucket).toEqual([
      {
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
        Resource: [`${bucket}/${uploadPrefix}*`],
      },
      { Effect: "Allow", Action: ["s3:ListBucketMultipartUploads"], Resource: [bucket] },
      {
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: [bucket],
        Condition: { StringLike: { "s3:prefix": `${uploadPrefix}*` } },
      },
    ]);
    expect(policy.filter(({ Resource }) => JSON.stringify(Resource).includes("aws_kms_key.source"))).toEqual([
      {
        Effect: "Allow",
        Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        Resource: ["${aws_kms_key.source.arn}"],
        Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
      },
    ]);
    expect(JSON.stringify(policy)).not.toContain("s3:GetObject");
  });

  test("come from the page alone", () => {
    const host = stack.environment.deliver.domain?.name ?? "${aws_cloudfront_distribution.vod.domain_name}";
    expect(resourcesOf(stack, "aws_s3_bucket_cors_configuration")).toMatchObject([
      [
        "source",
        {
          bucket: "${aws_s3_bucket.source.id}",
          cors_rule: [
            {
              allowed_origins: [`https://${host}`],
              allowed_methods: ["PUT"],
              allowed_headers: ["content-type"],
              expose_headers: ["ETag"],
              max_age_seconds: 3600,
            },
          ],
        },
      ],
    ]);
  });

  test("are served for as long as S3 may take to put a file together", () => {
    for (const name of ["start_upload", "list_uploads", "resume_upload", "complete_upload", "abort_upload"]) {
      expect(resource(stack, `aws_apigatewayv2_integration.${name}`).timeout_milliseconds).toBe(29_000);
    }
    expect(resource(stack, "aws_apigatewayv2_integration.mint_playback").timeout_milliseconds).toBe(10_000);
    expect(resource(stack, "aws_lambda_function.accept_uploads")).toMatchObject({
      timeout: 29,
      environment: {
        variables: {
          SOURCE_BUCKET: "${aws_s3_bucket.source.bucket}",
          SOURCE_KEY_ARN: "${aws_kms_key.source.arn}",
          UPLOAD_PREFIX: uploadPrefix,
          MAXIMUM_UPLOAD_BYTES: String(100 * 1024 ** 3),
          GROUPS_CLAIM: "cognito:groups",
        },
      },
    });
  });

  test("have their roles in the user pool", () => {
    expect(resourcesOf(stack, "aws_cognito_user_group")).toMatchObject(
      ["editors", "producers"].map((name) => [name, { name, user_pool_id: "${aws_cognito_user_pool.viewers.id}" }]),
    );
  });
});

test.each([
  ["the claim that is named", "roles", "roles"],
  ["no claim, so from nobody", undefined, ""],
])("with an external issuer roles come from %s", (_, groupsClaim, variable) => {
  const dev = environment("dev");
  const issuer = { url: "https://id.example.com", audience: "vod", groupsClaim };
  const stack = synthesised({ ...dev, entitle: { ...dev.entitle, issuer } });
  expect(resource(stack, "aws_lambda_function.accept_uploads")).toMatchObject({
    environment: { variables: { GROUPS_CLAIM: variable } },
  });
  expect(stack.document.resource.aws_cognito_user_group).toBeUndefined();
});
