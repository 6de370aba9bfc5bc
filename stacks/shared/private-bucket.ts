import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import {
  S3BucketLifecycleConfiguration,
  type S3BucketLifecycleConfigurationRule,
} from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketObjectLockConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-object-lock-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { policyDocument, type Statement } from "./policy";
import type { StorageKey } from "./storage-key";

export interface PrivateBucketProps {
  readonly environment: Environment;
  /** Customer-managed key; without one, S3's own key (for what is public anyway, such as the player page). */
  readonly key?: StorageKey;
  /** What writers may call the key besides its ARN, such as its alias; nothing else unless given. */
  readonly keyNames?: readonly string[];
  /** How long versions are kept that were overwritten or deleted; 90 days unless given. */
  readonly noncurrentDays?: number;
  /** Nobody deletes or overwrites an object for so long who may not bypass governance. It cannot be had later on. */
  readonly lockDays?: number;
  /** Rules besides those that every bucket has. */
  readonly lifecycle?: readonly S3BucketLifecycleConfigurationRule[];
}

/** A bucket that is never public: access blocked, TLS only, encrypted, versioned, its leftovers cleaned up. */
export class PrivateBucket extends Construct {
  readonly bucket: S3Bucket;
  /** What an object must wait for that Terraform itself puts: made earlier, its first version could not be deleted. */
  readonly versioning: S3BucketVersioningA;

  constructor(
    scope: Construct,
    private readonly name: string,
    private readonly props: PrivateBucketProps,
  ) {
    super(scope, `${name}-bucket`);
    const { environment, key } = props;
    this.bucket = new S3Bucket(this, name, {
      bucket: bucketName(environment, name),
      objectLockEnabled: props.lockDays === undefined ? undefined : true,
    });
    const bucket = this.bucket.id;
    new S3BucketPublicAccessBlock(this, `${name}:access`, {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, `${name}:ownership`, {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new S3BucketServerSideEncryptionConfigurationA(this, `${name}:encryption`, {
      bucket,
      rule: [
        key
          ? {
              applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
              bucketKeyEnabled: true,
            }
          : { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
      ],
    });
    this.versioning = new S3BucketVersioningA(this, `${name}:versioning`, {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    if (props.lockDays !== undefined) {
      new S3BucketObjectLockConfigurationA(this, `${name}:lock`, {
        bucket,
        rule: { defaultRetention: { mode: "GOVERNANCE", days: props.lockDays } },
        dependsOn: [this.versioning],
      });
    }
    new S3BucketLifecycleConfiguration(this, `${name}:lifecycle`, {
      bucket,
      rule: [...housekeeping(props.noncurrentDays), ...(props.lifecycle ?? [])],
      dependsOn: [this.versioning],
    });
  }

  get arn(): string {
    return this.bucket.arn;
  }

  /** The bucket's name, known at plan. */
  get bucketName(): string {
    return this.bucket.bucket;
  }

  /** Sets the bucket policy: TLS only and the right encryption for all, then whoever is admitted besides. */
  admit(statements: readonly Statement[] = []): S3BucketPolicy {
    return new S3BucketPolicy(this, `${this.name}:policy`, {
      bucket: this.bucket.id,
      policy: policyDocument([...this.denials(), ...statements]),
    });
  }

  private denials(): Statement[] {
    const objects = `${this.arn}/*`;
    const plaintext: Statement = {
      Sid: "DenyPlaintextTransport",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [this.arn, objects],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    };
    if (!this.props.key) return [plaintext];
    // Wrong headers are denied, absent ones are not: default encryption fills those in.
    const put = { Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: objects } as const;
    return [
      plaintext,
      {
        Sid: "DenyOtherEncryption",
        ...put,
        Condition: {
          StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
          Null: { "s3:x-amz-server-side-encryption": "false" },
        },
      },
      {
        // Whoever asks for KMS and names no key would get S3's own, not the bucket's.
        Sid: "DenyOtherKey",
        ...put,
        Condition: {
          StringEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
          StringNotEquals: {
            "s3:x-amz-server-side-encryption-aws-kms-key-id": this.props.keyNames
              ? [this.props.key.arn, ...this.props.keyNames]
              : this.props.key.arn,
          },
        },
      },
    ];
  }
}

/** Bucket names are global, so they carry account and Region. */
export function bucketName({ name: environment, account, region }: Environment, name: string): string {
  return `vod-${name}-${environment}-${account}-${region}`;
}

function housekeeping(noncurrentDays = 90): S3BucketLifecycleConfigurationRule[] {
  return [
    {
      id: "abort-incomplete-uploads",
      status: "Enabled",
      filter: [{ prefix: "" }],
      abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
    },
    {
      id: "expire-noncurrent-versions",
      status: "Enabled",
      filter: [{ prefix: "" }],
      noncurrentVersionExpiration: [{ noncurrentDays }],
    },
  ];
}
