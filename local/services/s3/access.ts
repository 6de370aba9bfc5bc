import { AwsError, type AwsRequest, type ConditionContext, type Principal } from "../../kernel/aws-service";
import { refusal } from "../../iam/refusal";
import type { Bucket } from "./bucket";
import { bucketArn, findBucket, header, objectArn, type S3Context } from "./context";
import {
  chooseEncryption,
  encryptionConditions,
  requestedEncryption,
  useObjectKey,
  type Encryption,
} from "./encryption";
import { findObject } from "./objects";
import type { ObjectVersion } from "./version";

/** Headers of a write that a policy may ask about, and the further action that some of them take. */
const WRITE_CONDITIONS = [
  ...["x-amz-acl", "x-amz-copy-source", "x-amz-metadata-directive", "x-amz-storage-class"],
] as const;
const FURTHER_ACTIONS = { "x-amz-acl": "s3:PutObjectAcl", "x-amz-tagging": "s3:PutObjectTagging" } as const;

/**
 * Authorises the making of an object, its key's use among it, and says how the object is to be encrypted. In parts, the
 * key also decrypts: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html
 */
export function authorizeWrite(
  context: S3Context,
  principal: Principal,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  { request, inParts = false }: { readonly request?: AwsRequest; readonly inParts?: boolean } = {},
): Encryption | undefined {
  const requested = request ? requestedEncryption(request) : {};
  const resource = objectArn(bucket, key);
  const conditions = { ...(request ? writeConditions(request) : {}), ...encryptionConditions(requested) };
  context.authorize(principal, "s3:PutObject", resource, conditions);
  for (const [name, action] of Object.entries(FURTHER_ACTIONS)) {
    if (request && header(request, name) !== undefined) context.authorize(principal, action, resource, conditions);
  }
  const encryption = chooseEncryption(requested, context.encryption.get(bucket), context.keyArnOf);
  const actions = inParts ? (["GenerateDataKey", "Decrypt"] as const) : (["GenerateDataKey"] as const);
  useObjectKey(context.useKey, principal, encryption, actions, { bucket: bucketArn(bucket), object: resource });
  return encryption;
}

function writeConditions(request: AwsRequest): ConditionContext {
  return Object.fromEntries(
    WRITE_CONDITIONS.flatMap((name) => {
      const value = header(request, name);
      return value === undefined ? [] : [[`s3:${name}`, value]];
    }),
  );
}

/** Authorises a part of an upload: its key was chosen when the upload began, and is opened again for each part. */
export function authorizePart(
  context: S3Context,
  principal: Principal,
  { bucket, key }: { readonly bucket: string; readonly key: string },
): void {
  context.authorize(principal, "s3:PutObject", objectArn(bucket, key));
}

/** Uses the key of an upload under way. */
export function openUploadKey(
  context: S3Context,
  principal: Principal,
  encryption: Encryption | undefined,
  { bucket, key }: { readonly bucket: string; readonly key: string },
): void {
  const arns = { bucket: bucketArn(bucket), object: objectArn(bucket, key) };
  useObjectKey(context.useKey, principal, encryption, ["Decrypt"], arns);
}

/** Authorises the reading of an object, its key's use among it, and finds it. */
export function authorizeRead(
  context: S3Context,
  principal: Principal,
  { bucket: name, key, versionId }: { readonly bucket: string; readonly key: string; readonly versionId?: string },
): { readonly bucket: Bucket; readonly version: ObjectVersion } {
  const action = versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion";
  const resource = objectArn(name, key);
  context.authorize(principal, action, resource, versionId === undefined ? {} : { "s3:VersionId": versionId });
  const bucket = findBucket(context, name);
  const version = findPermitted(context, principal, bucket, key, versionId);
  const arns = { bucket: bucketArn(name), object: resource };
  useObjectKey(context.useKey, principal, version.encryption, ["Decrypt"], arns);
  return { bucket, version };
}

/**
 * Who may not list a bucket is not told that a key is missing: 403, as for what is forbidden
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html).
 */
function findPermitted(
  context: S3Context,
  principal: Principal,
  bucket: Bucket,
  key: string,
  versionId: string | undefined,
): ObjectVersion {
  try {
    return findObject(bucket, key, versionId);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== "NoSuchKey") throw error;
    const [action, resource] = ["s3:ListBucket", bucketArn(bucket.name)];
    if (context.permits(principal, action, resource)) throw error;
    const kind = principal.kind === "service" ? "resource-based" : "identity-based";
    const reason = `because no ${kind} policy allows the ${action} action`;
    throw refusal({ principal, action, resource, context: {}, reason });
  }
}
