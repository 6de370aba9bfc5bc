import type { Deployment, Resource } from "../../../local/terraform/deployment";
import { ACCOUNT, deploymentOf } from "../services/test-kit";

export const MINT = `arn:aws:iam::${ACCOUNT}:role/mint`;
export const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;
export const BUCKET = "arn:aws:s3:::films";
export const FUNCTION = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:mint`;
export const RULE = `arn:aws:events:eu-west-1:${ACCOUNT}:rule/uploaded`;
const ROOT = { AWS: `arn:aws:iam::${ACCOUNT}:root` };

export const policy = (...statements: object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

export const allow = (action: string, resource: string, more: object = {}): object => ({
  Effect: "Allow",
  Action: action,
  Resource: resource,
  ...more,
});

/** One role, one bucket, one key, one function that a rule invokes; `changes` take the place of resources. */
export function smallStack(changes: Readonly<Record<string, Resource["values"] | undefined>> = {}): Deployment {
  const resources: Record<string, Resource["values"] | undefined> = {
    "aws_iam_role.mint": {
      name: "mint",
      arn: MINT,
      assume_role_policy: policy({
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "lambda.amazonaws.com" },
      }),
    },
    "aws_iam_role_policy.mint": {
      role: "mint",
      policy: policy(
        allow("s3:GetObject", `${BUCKET}/v1/*`),
        allow("kms:Decrypt", KEY, { Condition: { StringEquals: { "kms:ViaService": "s3.eu-west-1.amazonaws.com" } } }),
      ),
    },
    "aws_s3_bucket_policy.films": {
      bucket: "films",
      policy: policy(
        {
          Sid: "Tls",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [BUCKET, `${BUCKET}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
        allow("s3:GetObject", `${BUCKET}/posters/*`, {
          Principal: { Service: "cloudfront.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceArn": "arn:edge" } },
        }),
      ),
    },
    "aws_kms_key.films": { arn: KEY, key_id: "1", tags: { purpose: "films" } },
    "aws_kms_key_policy.films": { key_id: "1", policy: policy(allow("kms:*", "*", { Principal: ROOT })) },
    "aws_lambda_permission.uploaded": {
      function_name: "mint",
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
      source_arn: RULE,
    },
    ...changes,
  };
  const present = Object.entries(resources).flatMap(([address, values]) => (values ? [[address, values]] : []));
  return { ...deploymentOf(Object.fromEntries(present)), defaultTags: { env: "test" } };
}
