import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { Construct } from "constructs";
import { type AcceptUploadsEnv, UPLOAD_ROUTES } from "../../handlers/accept-uploads/contract";
import type { PlaybackApi } from "../entitle/playback-api";
import type { Catalogue } from "../shared/catalogue";
import { type FunctionContext, HandlerFunction } from "../shared/handler-function";
import { allow } from "../shared/policy";
import type { Ingest } from "./ingest";

export interface UploadsProps {
  readonly context: FunctionContext;
  readonly ingest: Ingest;
  readonly catalogue: Catalogue;
  readonly api: PlaybackApi;
  /** Claim of the viewers' tokens that lists roles; empty: nobody may upload. */
  readonly groupsClaim: string;
  readonly originSecret: string;
  /** `https://<host>` of the page that uploads. */
  readonly pageOrigin: string;
}

const GIBIBYTE = 1024 ** 3;

/** S3 puts a large file together for longer than the API's other calls take; an HTTP API waits 30 seconds at most. */
const COMPLETE_SECONDS = 29;

/** Uploads of producers, from the page straight into the source bucket by presigned addresses. */
export class Uploads extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: UploadsProps,
  ) {
    super(scope, id);
    const { api, ingest, pageOrigin } = props;
    const handler = this.makeHandler();
    for (const [name, routeKey] of Object.entries(UPLOAD_ROUTES)) {
      api.serve(name, routeKey, handler, { timeoutSeconds: COMPLETE_SECONDS });
    }
    new S3BucketCorsConfiguration(this, "source:cors", {
      bucket: ingest.source.bucket.id,
      corsRule: [
        {
          allowedOrigins: [pageOrigin],
          allowedMethods: ["PUT"],
          allowedHeaders: ["content-type"],
          exposeHeaders: ["ETag"],
          maxAgeSeconds: 3600,
        },
      ],
    });
  }

  private makeHandler(): HandlerFunction<AcceptUploadsEnv> {
    const { context, ingest, catalogue, groupsClaim, originSecret } = this.props;
    const { uploadPrefix, maximumUploadGibibytes } = context.environment.ingest;
    return new HandlerFunction<AcceptUploadsEnv>(this, "accept-uploads", {
      context,
      invokedBy: "requests",
      timeoutSeconds: COMPLETE_SECONDS,
      memoryMegabytes: 512, // a hundred signatures an answer
      variables: {
        CATALOGUE_TABLE: catalogue.tableName,
        SOURCE_BUCKET: ingest.source.bucketName,
        SOURCE_KEY_ARN: ingest.key.arn,
        UPLOAD_PREFIX: uploadPrefix,
        MAXIMUM_UPLOAD_BYTES: String(maximumUploadGibibytes * GIBIBYTE),
        GROUPS_CLAIM: groupsClaim,
        API_ORIGIN_SECRET: originSecret,
      },
      statements: [
        ...catalogue.items("GetItem"),
        // Whoever holds a presigned address acts as this role; it can add mezzanines, and read none.
        allow(
          ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"],
          [`${ingest.source.arn}/${uploadPrefix}*`],
        ),
        // AWS narrows the listing of uploads to no prefix.
        allow(["s3:ListBucketMultipartUploads"], [ingest.source.arn]),
        allow(["s3:ListBucket"], [ingest.source.arn], { StringLike: { "s3:prefix": `${uploadPrefix}*` } }),
        // Parts are decrypted when they are put together.
        ingest.key.through("s3", "GenerateDataKey", "Decrypt"),
      ],
    });
  }
}
