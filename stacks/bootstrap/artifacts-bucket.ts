import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { Statement } from "../shared/policy";
import { PrivateBucket } from "../shared/private-bucket";

/**
 * What is deployed as a file, under keys that are its content: zips, page files, and which plan was shown for which
 * tree. A key is written once and never deleted, so that what was reviewed is what is there. Whoever has to delete
 * something lifts the policy first, which leaves a trace.
 */
export class ArtifactsBucket extends Construct {
  readonly bucket: PrivateBucket;

  constructor(scope: Construct, id: string, environment: Environment) {
    super(scope, id);
    // Public source, built: a key of its own would hide nothing, and each reader would need it.
    this.bucket = new PrivateBucket(this, "artifacts", { environment });
    this.bucket.admit(this.immutability());
  }

  private immutability(): Statement[] {
    const objects = `${this.bucket.arn}/*`;
    return [
      {
        Sid: "DenyOverwriting",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:PutObject",
        Resource: objects,
        // Only what completes an object can carry the header: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes-enforce.html
        Condition: { Null: { "s3:if-none-match": "true" }, Bool: { "s3:ObjectCreationOperation": "true" } },
      },
      {
        Sid: "DenyDeleting",
        Effect: "Deny",
        Principal: "*",
        Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
        Resource: objects,
      },
    ];
  }
}
