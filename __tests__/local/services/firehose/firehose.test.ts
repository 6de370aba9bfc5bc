import { gunzipSync } from "node:zlib";
import { createFirehose } from "../../../../local/services/firehose/firehose";
import { callJson, counter, deploymentOf, manualTime, OPERATOR, recordingAuthorize } from "../test-kit";

const ARN = "arn:aws:firehose:eu-west-1:000000000000:deliverystream/vod-beacons-local";
const ROLE = "arn:aws:iam::000000000000:role/vod-beacons-local";
const STREAM = {
  name: "vod-beacons-local",
  arn: ARN,
  destination: "extended_s3",
  extended_s3_configuration: {
    role_arn: ROLE,
    bucket_arn: "arn:aws:s3:::logs",
    prefix: "beacons/!{timestamp:yyyy/MM/dd/HH}/",
    compression_format: "GZIP",
  },
};

/** Reads a Kinesis stream, so that nobody puts into it. */
const READER = { ...STREAM, name: "vod-edge-now-local", kinesis_source_configuration: { kinesis_stream_arn: "arn" } };

function setup(put?: () => never) {
  const time = manualTime();
  const { authorize, calls } = recordingAuthorize();
  const stored: [string, string, string, string][] = [];
  const [lost, deliveries]: [string[], [string, boolean][]] = [[], []];
  const service = createFirehose({
    ...time,
    deployment: deploymentOf({
      "aws_kinesis_firehose_delivery_stream.beacons": STREAM,
      "aws_kinesis_firehose_delivery_stream.edge_now": READER,
    }),
    authorize,
    newId: counter(),
    objects: {
      put: async (as, bucket, key, body, options) => {
        put?.();
        expect(options).toEqual({ inParts: true });
        stored.push([as.arn, bucket, key, gunzipSync(body as Buffer).toString()]);
        return {} as never;
      },
    },
    onLost: (message) => lost.push(message),
    onDelivery: (...delivery) => deliveries.push(delivery),
  });
  const call = (input: object, operation = "PutRecordBatch") =>
    callJson(service, `Firehose_20150804.${operation}`, input);
  const send = (...lines: string[]) =>
    call({ DeliveryStreamName: "vod-beacons-local", Records: lines.map((line) => ({ Data: Buffer.from(line).toString("base64") })) }); // prettier-ignore
  return { time, calls, stored, lost, deliveries, service, call, send };
}

test("what is put within a second becomes one object of its hour, written by the stream's role", async () => {
  const { time, send, stored, calls, deliveries } = setup();
  expect(await send("one\n", "two\n")).toEqual({
    FailedPutCount: 0,
    Encrypted: true,
    RequestResponses: [{ RecordId: "id-1" }, { RecordId: "id-2" }],
  });
  await send("three\n");
  expect(stored).toEqual([]);
  await time.advance(1000);
  const key = "beacons/2026/01/02/03/vod-beacons-local-1-2026-01-02-03-04-06-id-4.gz";
  expect(stored).toEqual([[ROLE, "logs", key, "one\ntwo\nthree\n"]]);
  expect(calls).toEqual([
    ...Array<string>(2).fill(`${OPERATOR.arn} firehose:PutRecordBatch ${ARN}`),
    `firehose.amazonaws.com sts:AssumeRole ${ROLE}`,
  ]);
  expect(deliveries).toEqual([["vod-beacons-local", true]]);
});

test("what is waiting at the end is delivered, and what cannot be is told of", async () => {
  const { send, service, stored } = setup();
  await send("late\n");
  await service.stop();
  expect(stored).toHaveLength(1);
  const broken = setup(() => {
    throw new Error("Access Denied");
  });
  await broken.send("lost\n");
  await broken.service.stop();
  expect([broken.lost, broken.deliveries]).toEqual([
    ["firehose vod-beacons-local: Access Denied"],
    [["vod-beacons-local", false]],
  ]);
});

test.each([
  [{ DeliveryStreamName: "other", Records: [] }, "ResourceNotFoundException: Firehose other under account 000000000000 not found."], // prettier-ignore
  [{ DeliveryStreamName: "vod-edge-now-local", Records: [] }, "ResourceNotFoundException: Firehose vod-edge-now-local under account 000000000000 not found."], // prettier-ignore
  [{ DeliveryStreamName: "vod-beacons-local", Records: [] }, "InvalidArgumentException: Records must be a list of 1 to 500, got 0."], // prettier-ignore
  [{ DeliveryStreamName: "vod-beacons-local", Records: [{ Data: "x".repeat(1_400_000) }] }, "InvalidArgumentException: A record must be 1024000 bytes at most, got 1050000."], // prettier-ignore
])("a call that AWS would refuse is refused", async (input, refused) => {
  expect(await setup().call(input)).toEqual({ refused });
});

test("an operation that is not played is refused by name", async () => {
  expect(await setup().call({}, "CreateDeliveryStream")).toEqual({
    refused: "UnknownOperationException: firehose: CreateDeliveryStream is not known here; there is: PutRecordBatch",
  });
});

test("a stream to another destination, or of another compression, does not start", () => {
  const start = (values: object) => () =>
    createFirehose({
      deployment: deploymentOf({ "aws_kinesis_firehose_delivery_stream.x": { ...STREAM, ...values } }),
    } as Parameters<typeof createFirehose>[0]);
  expect(start({ destination: "splunk", extended_s3_configuration: undefined })).toThrow(
    "aws_kinesis_firehose_delivery_stream.x: destination must be extended_s3, got splunk",
  );
  const zipped = { ...STREAM.extended_s3_configuration, compression_format: "ZIP" };
  expect(start({ extended_s3_configuration: zipped })).toThrow(
    "aws_kinesis_firehose_delivery_stream.x: compression_format must be GZIP or UNCOMPRESSED, got ZIP",
  );
});
