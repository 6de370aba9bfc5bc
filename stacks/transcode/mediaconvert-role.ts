import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { Ingest } from "../ingest/ingest";
import { allow, policyDocument, serviceTrust } from "../shared/policy";
import type { PrivateBucket } from "../shared/private-bucket";
import type { StorageKey } from "../shared/storage-key";

export interface MediaConvertRoleProps {
  readonly environment: Environment;
  readonly ingest: Ingest;
  readonly packaged: PrivateBucket;
  readonly packagedKey: StorageKey;
}

/** What MediaConvert may do: read mezzanines, write packaged media, and use those two buckets' keys. */
export class MediaConvertRole extends Construct {
  readonly role: IamRole;

  constructor(scope: Construct, id: string, { environment, ingest, packaged, packagedKey }: MediaConvertRoleProps) {
    super(scope, id);
    this.role = new IamRole(this, "mediaconvert", {
      name: `vod-mediaconvert-${environment.name}`,
      assumeRolePolicy: serviceTrust("mediaconvert.amazonaws.com", environment.account),
    });
    new IamRolePolicy(this, "mediaconvert:policy", {
      name: "transcode",
      role: this.role.name,
      policy: policyDocument([
        allow(["s3:GetObject"], [`${ingest.source.arn}/${environment.ingest.uploadPrefix}*`]),
        ingest.key.through("s3", "Decrypt"),
        allow(
          ["s3:PutObject"],
          written(environment).map((prefix) => `${packaged.arn}/${prefix}/*`),
        ),
        // In parts, which takes Decrypt besides: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html
        packagedKey.through("s3", "GenerateDataKey", "Decrypt"),
      ]),
    });
  }
}

/** Prefixes of what a job writes: the ladder, which MediaPackage or the edge reads, stills, and the single file if any. */
function written({ topology, transcode }: Environment): string[] {
  const ladder = topology === "mediapackage" ? "ladder" : "v1";
  return [ladder, "posters", ...(transcode.download === "none" ? [] : ["downloads"])];
}
