import type { PutRecordBatchCommand, PutRecordBatchCommandOutput } from "@aws-sdk/client-firehose";
import { firehoseStream } from "../../../handlers/receive-beacons/stream";

const RECORDS = [{ event: "start" }, { event: "played" }, { event: "end" }];

function setup(...answers: Partial<PutRecordBatchCommandOutput>[]) {
  const sent: unknown[] = [];
  const send = (command: PutRecordBatchCommand) => {
    const { DeliveryStreamName, Records = [] } = command.input;
    sent.push([DeliveryStreamName, Records.map(({ Data }) => Buffer.from(Data ?? []).toString())]);
    return Promise.resolve(answers.shift() ?? { FailedPutCount: 0 });
  };
  return { sent, stream: firehoseStream({ send } as Parameters<typeof firehoseStream>[0], "vod-beacons") };
}
const BUSY = { ErrorCode: "ServiceUnavailableException" };

test("each record is a line", async () => {
  const { stream, sent } = setup();
  await stream.put(RECORDS);
  expect(sent).toEqual([["vod-beacons", ['{"event":"start"}\n', '{"event":"played"}\n', '{"event":"end"}\n']]]);
});

test("those that were not taken are sent once more, and no others", async () => {
  const { stream, sent } = setup({ FailedPutCount: 1, RequestResponses: [{ RecordId: "1" }, BUSY, { RecordId: "3" }] });
  await stream.put(RECORDS);
  expect(sent[1]).toEqual(["vod-beacons", ['{"event":"played"}\n']]);
});

test("those that are not taken the second time are told of", async () => {
  const all = { FailedPutCount: 3, RequestResponses: [BUSY, BUSY, BUSY] };
  const { stream } = setup(all, { FailedPutCount: 1, RequestResponses: [{}, BUSY, {}] });
  await expect(stream.put(RECORDS)).rejects.toThrow(
    "vod-beacons did not take 1 of 3 beacons, twice: ServiceUnavailableException",
  );
});
