import { S3Object } from "@cdktf/provider-aws/lib/s3-object";
import { S3ObjectCopy } from "@cdktf/provider-aws/lib/s3-object-copy";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { SignIn } from "../entitle/identity";
import { json } from "../shared/json";
import { bucketName, type PrivateBucket } from "../shared/private-bucket";
import type { PlayerFile } from "../shared/release";

export interface PlayerFilesProps {
  readonly environment: Environment;
  readonly player: PrivateBucket;
  readonly files: Readonly<Record<string, PlayerFile>>;
  readonly signIn?: SignIn;
}

/**
 * The player page in its bucket, copied from the artifacts bucket where the build put it by content, and the file that
 * tells the page whom to sign in with, and what to report.
 */
export class PlayerFiles extends Construct {
  constructor(scope: Construct, id: string, { environment, player, files, signIn }: PlayerFilesProps) {
    super(scope, id);
    for (const [path, file] of Object.entries(files)) {
      new S3ObjectCopy(this, `player_${path.replaceAll(/[^A-Za-z0-9]+/g, "_")}`, {
        bucket: player.bucket.id,
        key: `app/${path}`,
        source: `${bucketName(environment, "artifacts")}/player/${file.sha256}/${path}`,
        contentType: file.contentType,
        cacheControl: file.cacheControl,
        metadataDirective: "REPLACE",
        // Otherwise S3 ignores the tags that are sent along, and every plan wants to add them.
        taggingDirective: "REPLACE",
        serverSideEncryption: "AES256",
        dependsOn: [player.versioning],
        lifecycle: { createBeforeDestroy: true },
      });
    }
    if (!signIn) return;
    const { enabled, ...beacons } = environment.operate.beacons;
    new S3Object(this, "player_config", {
      bucket: player.bucket.id,
      key: "app/config.json",
      contentType: "application/json",
      cacheControl: "max-age=60",
      content: json({ ...signIn, scopes: signIn.scopes.join(" "), ...(enabled && { beacons }) }),
      dependsOn: [player.versioning],
    });
  }
}
