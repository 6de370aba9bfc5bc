import { environment, resource, statements, synthesised } from "../../support/synthesised";

const mediapackage = synthesised(environment("dev", "mediapackage"));
const direct = synthesised(environment("dev", "direct"));
const body = (stack = mediapackage) =>
  JSON.parse(resource(stack, "aws_cloudformation_stack.packaging").template_body as string);

test("the packaging group answers only who sends the CDN identifier", () => {
  expect(body().Resources.PackagingGroup.Properties).toEqual({
    Id: "vod-dev",
    Authorization: {
      CdnIdentifierSecret: "${aws_secretsmanager_secret.cdn_identifier.arn}",
      SecretsRoleArn: "${aws_iam_role.mediapackage_secrets.arn}",
    },
  });
  expect(resource(mediapackage, "aws_secretsmanager_secret_version.cdn_identifier").secret_string).toBe(
    '{"MediaPackageCDNIdentifier":"${var.cdn_identifier}"}',
  );
});

test("HLS, DASH and CMAF come from one copy, by configurations with versioned ids", () => {
  const { PackagingGroup: _, ...configurations } = body().Resources;
  const summary = Object.values(configurations as Record<string, { Properties: Record<string, unknown> }>).map(
    ({ Properties }) => [Properties.Id, Object.keys(Properties).at(-1)],
  );
  expect(summary).toEqual([
    [expect.stringMatching(/^vod-dev-hls-[0-9a-f]{8}$/), "HlsPackage"],
    [expect.stringMatching(/^vod-dev-dash-[0-9a-f]{8}$/), "DashPackage"],
    [expect.stringMatching(/^vod-dev-cmaf-[0-9a-f]{8}$/), "CmafPackage"],
  ]);
});

test("a configuration that says something else has another id, since MediaPackage cannot change one", () => {
  const dev = environment("dev");
  const ids = (stack: typeof mediapackage) => {
    const { PackagingGroup: _, ...configurations } = body(stack).Resources;
    return Object.values(configurations as Record<string, { Properties: { Id: string } }>).map(
      ({ Properties }) => Properties.Id,
    );
  };
  const longer = synthesised({ ...dev, ladder: { ...dev.ladder, segmentSeconds: 6 } });
  expect(ids(longer).filter((id) => ids(mediapackage).includes(id))).toEqual([]);
});

test("the distribution's origin is the group's domain, without its scheme", () => {
  const [origin] = resource(mediapackage, "aws_cloudfront_distribution.vod").origin as Record<string, unknown>[];
  expect(origin?.domain_name).toBe(
    '${trimprefix(aws_cloudformation_stack.packaging.outputs["DomainName"], "https://")}',
  );
  expect(origin?.origin_path).toBe("/out");
});

test("MediaPackage may read the ladder and nothing else", () => {
  expect(statements(resource(mediapackage, "aws_iam_role_policy.mediapackage_reader").policy)).toEqual([
    { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["${aws_s3_bucket.packaged.arn}/ladder/*"] },
    {
      Effect: "Allow",
      Action: ["s3:GetBucketLocation", "s3:GetBucketRequestPayment", "s3:ListBucket"],
      Resource: ["${aws_s3_bucket.packaged.arn}"],
    },
    {
      Effect: "Allow",
      Action: ["kms:Decrypt"],
      Resource: ["${aws_kms_key.packaged.arn}"],
      Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } },
    },
  ]);
});

test("MediaConvert assumes its role on behalf of this account only; MediaPackage is not known to say for whom it acts", () => {
  const trust = (role: string) => statements(resource(mediapackage, `aws_iam_role.${role}`).assume_role_policy);
  expect(trust("mediaconvert")[0]?.Condition).toEqual({ StringEquals: { "aws:SourceAccount": "111111111111" } });
  for (const role of ["mediapackage_reader", "mediapackage_secrets"]) {
    const service = { Service: "mediapackage.amazonaws.com" };
    expect(trust(role)).toEqual([{ Effect: "Allow", Action: "sts:AssumeRole", Principal: service }]);
  }
});

test("what waits for MediaPackage is confirmed by event and, as a fallback, by polling", () => {
  expect(resource(mediapackage, "aws_cloudwatch_event_rule.packaging_poll").schedule_expression).toBe("rate(1 minute)");
  const pattern = JSON.parse(
    resource(mediapackage, "aws_cloudwatch_event_rule.asset_ingested").event_pattern as string,
  );
  expect(pattern.detail).toEqual({ event: ["VodAssetPlayable", "IngestError"] });
});

test("topology direct has no MediaPackage in its way", () => {
  expect(() => resource(direct, "aws_cloudformation_stack.packaging")).toThrow(
    "dev, direct has no aws_cloudformation_stack.packaging",
  );
  expect(() => resource(direct, "aws_lambda_function.confirm_playable")).toThrow(
    "dev, direct has no aws_lambda_function.confirm_playable",
  );
  expect(resource(direct, "aws_lambda_function.register_asset").environment).toMatchObject({
    variables: { TOPOLOGY: "direct" },
  });
});
