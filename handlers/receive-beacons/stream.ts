import { type FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import type { BeaconRecord } from "../shared/beacon-record";

/** Where beacons go. */
export interface BeaconStream {
  /** @throws when the stream does not take all of them, at the second try either: their sender may send them again */
  put(records: readonly BeaconRecord[]): Promise<void>;
}

/** A batch may be taken in part: https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html */
export function firehoseStream(client: Pick<FirehoseClient, "send">, name: string): BeaconStream {
  /** Gives those that were not taken, and why. */
  const putOnce = async (lines: readonly Buffer[]): Promise<{ left: Buffer[]; reason?: string }> => {
    const Records = lines.map((Data) => ({ Data }));
    const { RequestResponses = [], FailedPutCount } = await client.send(
      new PutRecordBatchCommand({ DeliveryStreamName: name, Records }),
    );
    if (!FailedPutCount) return { left: [] };
    const left = lines.filter((_, index) => RequestResponses[index]?.ErrorCode !== undefined);
    return { left, reason: RequestResponses.find(({ ErrorCode }) => ErrorCode)?.ErrorCode };
  };
  return {
    async put(records) {
      const first = await putOnce(records.map((record) => Buffer.from(`${JSON.stringify(record)}\n`)));
      if (first.left.length === 0) return;
      const { left, reason } = await putOnce(first.left);
      if (left.length === 0) return;
      throw new Error(`${name} did not take ${left.length} of ${records.length} beacons, twice: ${reason}`);
    },
  };
}
