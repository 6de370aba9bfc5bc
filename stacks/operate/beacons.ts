import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { BEACONS_ROUTE, type ReceiveBeaconsEnv } from "../../handlers/receive-beacons/contract";
import { BEACON_FOLDER } from "../../handlers/shared/beacon-record";
import type { PlaybackApi } from "../entitle/playback-api";
import { type FunctionContext, HandlerFunction } from "../shared/handler-function";
import { allow } from "../shared/policy";
import { deliverToBucket } from "./bucket-delivery";
import type { LogBucket } from "./log-bucket";

export interface BeaconsProps {
  readonly context: FunctionContext;
  readonly api: PlaybackApi;
  readonly originSecret: string;
  readonly bucket: LogBucket;
}

/** A file is written when one of the two is reached; between them lies what a file of few viewers costs. */
const BUFFER_SECONDS = 300;
const BUFFER_MEBIBYTES = 64;

/** What players measure, through the API and a stream into the log bucket, by the hour. */
export class Beacons extends Construct {
  constructor(scope: Construct, id: string, { context, api, originSecret, bucket }: BeaconsProps) {
    super(scope, id);
    const { environment, key } = context;
    const stream = deliverToBucket(this, "beacons", {
      environment,
      bucket,
      folder: BEACON_FOLDER,
      name: beaconStreamName(environment),
      bufferSeconds: BUFFER_SECONDS,
      bufferMebibytes: BUFFER_MEBIBYTES,
      // By a grant on the key, which Firehose makes when the stream is; whoever writes needs no key.
      intake: () => ({
        serverSideEncryption: { enabled: true, keyType: "CUSTOMER_MANAGED_CMK", keyArn: key.arn },
      }),
    });
    const handler = new HandlerFunction<ReceiveBeaconsEnv>(this, "receive-beacons", {
      context,
      invokedBy: "requests",
      timeoutSeconds: 8,
      variables: {
        STREAM_NAME: stream.name,
        SAMPLE_SHARE: String(environment.operate.beacons.sampleShare),
        API_ORIGIN_SECRET: originSecret,
      },
      statements: [allow(["firehose:PutRecordBatch"], [stream.arn])],
    });
    api.serve("receive_beacons", BEACONS_ROUTE, handler);
  }
}

/** Known before the stream is there, for what watches it. */
export function beaconStreamName({ name }: Environment): string {
  return `vod-beacons-${name}`;
}
