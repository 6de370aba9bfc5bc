import type { Resources } from "../stack-resources";
import { referred } from "./read-stack";

interface BucketRule {
  readonly apply_server_side_encryption_by_default?: { readonly kms_master_key_id?: string };
}

/** The key that encrypts a store, in words: one of the stack's, or the service's own. */
export function keyOf(resources: Resources, type: string, name: string): string {
  const key = referred(expressionOf(resources, type, name))?.name;
  return key === undefined ? "key: AWS's own" : `key: ${key}`;
}

function expressionOf(resources: Resources, type: string, name: string): unknown {
  const values = resources[type]?.[name] ?? {};
  switch (type) {
    case "aws_s3_bucket": {
      const rules = resources.aws_s3_bucket_server_side_encryption_configuration?.[name]?.rule as
        BucketRule[] | undefined;
      return rules?.[0]?.apply_server_side_encryption_by_default?.kms_master_key_id;
    }
    case "aws_dynamodb_table":
      return (values.server_side_encryption as { kms_key_arn?: string } | undefined)?.kms_key_arn;
    default:
      return values.kms_key_id;
  }
}
