import { ASSET } from "./titles";

/** `MediaConvert Job State Change` of job `j1` for version `20` of the sample title. */
export function jobStateChange(status: string, detail: Record<string, unknown> = {}): unknown {
  return {
    version: "0",
    "detail-type": "MediaConvert Job State Change",
    source: "aws.mediaconvert",
    detail: {
      status,
      jobId: "j1",
      queue: "arn:aws:mediaconvert:eu-west-1:000000000000:queues/vod-local",
      userMetadata: { assetId: ASSET, version: "20" },
      ...detail,
    },
  };
}
