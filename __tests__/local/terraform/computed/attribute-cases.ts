const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

/** Type, arguments, and what each attribute is: exactly, or matching in full. */
export const CASES: readonly (readonly [
  type: string,
  body: object,
  attributes: Record<string, string | RegExp | number>,
])[] = [
  [
    "aws_s3_bucket",
    { bucket: "b" },
    {
      id: "b",
      arn: "arn:aws:s3:::b",
      bucket_domain_name: "b.s3.amazonaws.com",
      bucket_regional_domain_name: "b.s3.eu-west-1.amazonaws.com",
      region: "eu-west-1",
    },
  ],
  ["aws_s3_bucket", { bucket_prefix: "p-" }, { id: /p-[0-9a-f]{26}/, bucket: /p-[0-9a-f]{26}/ }],
  ["aws_s3_bucket_policy", { bucket: "b" }, { id: "b" }],
  ["aws_s3_object", { bucket: "b", key: "k/l" }, { id: "b/k/l", arn: "arn:aws:s3:::b/k/l" }],
  ["aws_s3_object_copy", { bucket: "b", key: "k" }, { id: "b/k" }],
  ["aws_dynamodb_table", { name: "t" }, { id: "t", arn: "arn:aws:dynamodb:eu-west-1:000000000000:table/t" }],
  [
    "aws_sqs_queue",
    { name: "q" },
    {
      id: "https://sqs.eu-west-1.amazonaws.com/000000000000/q",
      url: "https://sqs.eu-west-1.amazonaws.com/000000000000/q",
      arn: "arn:aws:sqs:eu-west-1:000000000000:q",
    },
  ],
  ["aws_sqs_queue_policy", { queue_url: "u" }, { id: "u" }],
  [
    "aws_kms_key",
    {},
    {
      id: new RegExp(UUID),
      key_id: new RegExp(UUID),
      arn: new RegExp(`arn:aws:kms:eu-west-1:000000000000:key/${UUID}`),
    },
  ],
  ["aws_kms_alias", { name: "alias/a" }, { id: "alias/a", arn: "arn:aws:kms:eu-west-1:000000000000:alias/a" }],
  ["aws_kms_key_policy", { key_id: "k" }, { id: "k" }],
  [
    "aws_secretsmanager_secret",
    { name: "vod/s" },
    {
      id: /arn:aws:secretsmanager:eu-west-1:000000000000:secret:vod\/s-[a-z0-9]{6}/,
      arn: /arn:aws:secretsmanager:eu-west-1:000000000000:secret:vod\/s-[a-z0-9]{6}/,
    },
  ],
  [
    "aws_secretsmanager_secret_version",
    { secret_id: "arn" },
    { arn: "arn", version_id: new RegExp(UUID), id: new RegExp(`arn\\|${UUID}`) },
  ],
  ["aws_iam_role", { name: "r" }, { id: "r", arn: "arn:aws:iam::000000000000:role/r", unique_id: /AROA[A-Z0-9]{17}/ }],
  ["aws_iam_role", { name: "r", path: "/vod/" }, { arn: "arn:aws:iam::000000000000:role/vod/r" }],
  ["aws_iam_role_policy", { name: "p", role: "r" }, { id: "r:p" }],
  [
    "aws_iam_policy",
    { name: "p" },
    {
      id: "arn:aws:iam::000000000000:policy/p",
      arn: "arn:aws:iam::000000000000:policy/p",
      policy_id: /ANPA[A-Z0-9]{17}/,
    },
  ],
  ["aws_lambda_function_event_invoke_config", { function_name: "f" }, { id: "f" }],
  ["aws_lambda_permission", { statement_id: "s" }, { id: "s" }],
  ["aws_lambda_permission", {}, { id: /terraform-[0-9a-f]{26}/, statement_id: /terraform-[0-9a-f]{26}/ }],
  ["aws_cloudwatch_event_rule", { name: "r" }, { id: "r", arn: "arn:aws:events:eu-west-1:000000000000:rule/r" }],
  [
    "aws_cloudwatch_event_target",
    { rule: "r" },
    { id: /r-terraform-[0-9a-f]{26}/, target_id: /terraform-[0-9a-f]{26}/ },
  ],
  [
    "aws_cloudwatch_log_group",
    { name: "/aws/lambda/f" },
    { id: "/aws/lambda/f", arn: "arn:aws:logs:eu-west-1:000000000000:log-group:/aws/lambda/f" },
  ],
  [
    "aws_cloudwatch_metric_alarm",
    { alarm_name: "a" },
    { id: "a", arn: "arn:aws:cloudwatch:eu-west-1:000000000000:alarm:a" },
  ],
  [
    "aws_cloudwatch_dashboard",
    { dashboard_name: "d" },
    { id: "d", dashboard_arn: "arn:aws:cloudwatch::000000000000:dashboard/d" },
  ],
  [
    "aws_sns_topic",
    { name: "t" },
    { id: "arn:aws:sns:eu-west-1:000000000000:t", arn: "arn:aws:sns:eu-west-1:000000000000:t" },
  ],
  ["aws_sns_topic_subscription", { topic_arn: "t" }, { id: new RegExp(`t:${UUID}`), arn: new RegExp(`t:${UUID}`) }],
  [
    "aws_apigatewayv2_api",
    { name: "a" },
    {
      id: /[a-z0-9]{10}/,
      api_endpoint: /https:\/\/[a-z0-9]{10}\.execute-api\.eu-west-1\.amazonaws\.com/,
      arn: /arn:aws:apigateway:eu-west-1::\/apis\/[a-z0-9]{10}/,
      execution_arn: /arn:aws:execute-api:eu-west-1:000000000000:[a-z0-9]{10}/,
    },
  ],
  [
    "aws_apigatewayv2_stage",
    { api_id: "a", name: "$default" },
    {
      id: "$default",
      invoke_url: "https://a.execute-api.eu-west-1.amazonaws.com/",
      execution_arn: "arn:aws:execute-api:eu-west-1:000000000000:a/$default",
      arn: "arn:aws:apigateway:eu-west-1::/apis/a/stages/$default",
    },
  ],
  [
    "aws_apigatewayv2_stage",
    { api_id: "a", name: "v1" },
    { invoke_url: "https://a.execute-api.eu-west-1.amazonaws.com/v1" },
  ],
  ["aws_apigatewayv2_route", {}, { id: /[a-z0-9]{7}/ }],
  [
    "aws_cognito_user_pool",
    { name: "v" },
    {
      id: /eu-west-1_[A-Z0-9]{9}/,
      endpoint: /127\.0\.0\.1:4566\/eu-west-1_[A-Z0-9]{9}/,
      arn: /arn:aws:cognito-idp:eu-west-1:000000000000:userpool\/eu-west-1_[A-Z0-9]{9}/,
    },
  ],
  ["aws_cognito_user_pool_client", {}, { id: /[a-z0-9]{26}/ }],
  ["aws_cognito_user_pool_domain", { domain: "vod-local-1", user_pool_id: "p" }, { id: "vod-local-1" }],
  ["aws_media_convert_queue", { name: "q" }, { id: "q", arn: "arn:aws:mediaconvert:eu-west-1:000000000000:queues/q" }],
  [
    "aws_media_packagev2_channel_group",
    { name: "g" },
    {
      id: "g",
      arn: "arn:aws:mediapackagev2:eu-west-1:000000000000:channelGroup/g",
      egress_domain: /[a-z0-9]{6}\.egress\.[a-z0-9]{6}\.mediapackagev2\.eu-west-1\.amazonaws\.com/,
    },
  ],
  [
    "aws_cloudfront_distribution",
    {},
    {
      id: /E[A-Z0-9]{13}/,
      arn: /arn:aws:cloudfront::000000000000:distribution\/E[A-Z0-9]{13}/,
      domain_name: "127.0.0.1:8080",
      hosted_zone_id: "Z2FDTNDATAQYW2",
      etag: /E[A-Z0-9]{13}/,
      status: "Deployed",
    },
  ],
  ["aws_cloudfront_public_key", {}, { id: /K[A-Z0-9]{13}/, etag: /E[A-Z0-9]{13}/ }],
  ["aws_cloudfront_key_group", {}, { id: new RegExp(UUID) }],
  [
    "aws_cloudfront_cache_policy",
    {},
    {
      id: new RegExp(UUID),
      arn: new RegExp(`arn:aws:cloudfront::000000000000:cache-policy/${UUID}`),
      etag: /E[A-Z0-9]{13}/,
    },
  ],
  ["aws_cloudfront_function", { name: "f" }, { id: "f", arn: "arn:aws:cloudfront::000000000000:function/f" }],
  ["aws_cloudfront_origin_access_control", {}, { id: /E[A-Z0-9]{13}/ }],
  [
    "aws_wafv2_web_acl",
    { name: "w", scope: "REGIONAL", rule: [{}, {}] },
    {
      id: new RegExp(UUID),
      arn: new RegExp(`arn:aws:wafv2:eu-west-1:000000000000:regional/webacl/w/${UUID}`),
      capacity: 4,
    },
  ],
  [
    "aws_acm_certificate",
    { domain_name: "d.example" },
    { id: new RegExp(`arn:aws:acm:eu-west-1:000000000000:certificate/${UUID}`) },
  ],
  ["aws_acm_certificate_validation", { certificate_arn: "c" }, { id: "c" }],
  ["aws_route53_record", { zone_id: "Z", name: "n.example", type: "A" }, { id: "Z_n.example_A", fqdn: "n.example" }],
];
