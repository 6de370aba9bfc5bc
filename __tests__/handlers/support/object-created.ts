/** An `Object Created` event of the source bucket, as EventBridge delivers it. */
export function objectCreated(object: Record<string, unknown>, bucket = "source"): unknown {
  return {
    version: "0",
    id: "17793124-05d4-b198-2fde-7ededc63b103",
    "detail-type": "Object Created",
    source: "aws.s3",
    account: "000000000000",
    time: "2030-01-02T03:04:05Z",
    region: "eu-west-1",
    resources: [`arn:aws:s3:::${bucket}`],
    detail: {
      version: "0",
      bucket: { name: bucket },
      object: { key: "uploads/night.mp4", size: 1000, etag: "etag-1", sequencer: "0062e99a88dc407460", ...object },
      reason: "PutObject",
    },
  };
}
