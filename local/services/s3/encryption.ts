import { AwsError, type AwsRequest, type ConditionContext, type Principal } from "../../kernel/aws-service";
import { block, blocks, type Deployment } from "../../terraform/deployment";
import { encryptionKeys } from "../../terraform/encryption-keys";
import type { KeyAction, UseKey } from "../key-use";
import { header } from "./context";

/** How an object lies in its bucket. */
export interface Encryption {
  readonly algorithm: "AES256" | "aws:kms" | "aws:kms:dsse";
  /** ARN of the key, as far as the stack makes it; S3's own otherwise. */
  readonly keyArn?: string;
  /** The key is used once for many objects, which are then bound to the bucket: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html */
  readonly bucketKey?: boolean;
}

/** What a request asks for itself. */
export interface RequestedEncryption {
  readonly algorithm?: string;
  readonly keyId?: string;
}

const ALGORITHM = "x-amz-server-side-encryption";
const KEY_ID = "x-amz-server-side-encryption-aws-kms-key-id";
const ALGORITHMS = ["AES256", "aws:kms", "aws:kms:dsse"] as const;

/** The headers of a request, or the parameters of a presigned address. */
export function requestedEncryption(request: AwsRequest): RequestedEncryption {
  if (header(request, "x-amz-server-side-encryption-customer-algorithm") !== undefined) {
    throw new AwsError("NotImplemented", "Encryption with keys that clients provide is not implemented here.", 501);
  }
  const read = (name: string): string | undefined => header(request, name) ?? request.query.get(name) ?? undefined;
  return { algorithm: read(ALGORITHM), keyId: read(KEY_ID) };
}

/** The condition keys of what a request asks for (https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html). */
export function encryptionConditions({ algorithm, keyId }: RequestedEncryption): ConditionContext {
  return {
    ...(algorithm === undefined ? {} : { [`s3:${ALGORITHM}`]: algorithm }),
    ...(keyId === undefined ? {} : { [`s3:${KEY_ID}`]: keyId }),
  };
}

/** Each bucket's default. */
export function bucketEncryption(deployment: Deployment): ReadonlyMap<string, Encryption> {
  const keys = encryptionKeys(deployment);
  return new Map(
    deployment.all("aws_s3_bucket_server_side_encryption_configuration").map(({ address, values }) => {
      const rule = blocks(values, "rule")[0] ?? {};
      const { sse_algorithm: algorithm, kms_master_key_id: keyId } =
        block(rule, "apply_server_side_encryption_by_default") ?? {};
      if (!isAlgorithm(algorithm)) {
        throw new Error(`${address}: sse_algorithm must be ${ALGORITHMS.join(" or ")}, got ${String(algorithm)}`);
      }
      const keyArn = typeof keyId === "string" ? keys.arnOf(keyId) : undefined;
      return [
        String(values.bucket),
        { algorithm, ...(keyArn && { keyArn }), ...(rule.bucket_key_enabled === true && { bucketKey: true }) },
      ];
    }),
  );
}

/**
 * How a new object is encrypted: as the request says, else as the bucket does. A request for KMS that names no key gets
 * S3's own, not the bucket's: https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html
 */
export function chooseEncryption(
  { algorithm, keyId }: RequestedEncryption,
  byDefault: Encryption | undefined,
  arnOf: (name: string) => string | undefined,
): Encryption | undefined {
  if (algorithm === undefined) {
    if (keyId === undefined) return byDefault;
    throw invalid(`a key was named, but ${ALGORITHM} is not aws:kms or aws:kms:dsse`);
  }
  if (!isAlgorithm(algorithm)) throw invalid(`${ALGORITHM} must be ${ALGORITHMS.join(" or ")}, got ${algorithm}`);
  if (keyId === undefined) return { algorithm };
  if (algorithm === "AES256") throw invalid(`a key was named, but ${ALGORITHM} is AES256`);
  const keyArn = arnOf(keyId);
  if (keyArn === undefined) throw new AwsError("KMS.NotFoundException", `Key '${keyId}' does not exist`, 400);
  return { algorithm, keyArn, ...(byDefault?.keyArn === keyArn && byDefault.bucketKey && { bucketKey: true }) };
}

/** Uses an object's key in a caller's name, where it has one. */
export function useObjectKey(
  useKey: UseKey,
  principal: Principal,
  encryption: Encryption | undefined,
  actions: readonly KeyAction[],
  arns: { readonly bucket: string; readonly object: string },
): void {
  useKey(principal, encryption?.keyArn, actions, { "aws:s3:arn": encryption?.bucketKey ? arns.bucket : arns.object });
}

/** How an answer shows it. */
export function encryptionHeaders(encryption: Encryption | undefined): Record<string, string> {
  if (!encryption) return {};
  const { algorithm, keyArn, bucketKey } = encryption;
  return {
    [ALGORITHM]: algorithm,
    ...(keyArn && { [KEY_ID]: keyArn }),
    ...(bucketKey && { "x-amz-server-side-encryption-bucket-key-enabled": "true" }),
  };
}

function isAlgorithm(value: unknown): value is Encryption["algorithm"] {
  return ALGORITHMS.some((algorithm) => algorithm === value);
}

function invalid(why: string): AwsError {
  return new AwsError("InvalidArgument", `Server Side Encryption: ${why}`, 400);
}
