import { environment, synthesised } from "../support/synthesised";

/** Addresses are an interface: a resource with state that changes its address is destroyed and made anew. */
const STATEFUL = [
  "aws_s3_bucket.packaged",
  "aws_s3_bucket.player",
  "aws_s3_bucket.source",
  "aws_dynamodb_table.catalogue",
  "aws_dynamodb_table.entitlements",
  "aws_kms_key.data",
  "aws_kms_key.packaged",
  "aws_kms_key.secrets",
  "aws_kms_key.source",
  "aws_cognito_user_pool.viewers",
  "aws_cognito_user_pool_client.player",
  "aws_cognito_user_pool_domain.viewers",
  "aws_cloudfront_distribution.vod",
  "aws_cloudfront_key_group.signing",
  "aws_cloudfront_public_key.signing_sample_a",
  "aws_secretsmanager_secret.signing_sample_a",
];

/** The reference's own names. */
const REFERENCE = [
  "aws_s3_bucket_public_access_block.source",
  "aws_s3_bucket_notification.source_events",
  "aws_media_convert_queue.vod",
  "aws_media_packagev2_channel_group.vod",
];

test.each(["mediapackage", "direct"] as const)(
  "addresses in topology %s are those that states and reviewers know",
  (topology) => {
    const { resource } = synthesised(environment("dev", topology)).document;
    const addresses = Object.entries(resource).flatMap(([type, named]) =>
      Object.keys(named).map((name) => `${type}.${name}`),
    );
    expect(addresses).toEqual(expect.arrayContaining([...STATEFUL, ...REFERENCE]));
  },
);
