import { gzipSync } from "node:zlib";
import { AwsError, type Authorize, type AwsService, type Principal } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { ObjectStore } from "../../kernel/object-store";
import { block, type Deployment, type Resource } from "../../terraform/deployment";
import { jsonAnswer, type JsonInput, readJsonCall } from "../json-protocol";
import { roleSessions } from "../role-sessions";
import type { Timers } from "../timers";
import { type DeliveryStream, objectName, objectPrefix, readDeliveryStream } from "./delivery-stream";

/** A person who looks does not want to wait for the stream's own minutes. */
const BUFFER_MS = 1_000;
/** https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html */
const MAXIMUM_RECORDS = 500;
const MAXIMUM_BYTES = 4 * 1024 ** 2;
const MAXIMUM_RECORD_BYTES = 1000 * 1024;
/** What base64, names and braces may add to the records. */
const MAXIMUM_PAYLOAD_BYTES = 8 * 1024 ** 2;

export interface FirehoseOptions {
  readonly deployment: Deployment;
  readonly objects: Pick<ObjectStore, "put">;
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly timers: Timers;
  readonly newId: () => string;
  /** Told of what could not be delivered: at AWS it is tried again for a day, here it is gone. */
  readonly onLost: (message: string) => void;
  /** Told of every delivery, and whether it came about. */
  readonly onDelivery: (stream: string, delivered: boolean) => void;
}

export interface Firehose extends AwsService {
  /** Delivers what is waiting. */
  stop(): Promise<void>;
}

/** A stream and what it has not delivered yet. */
interface Held {
  readonly stream: DeliveryStream;
  readonly waiting: Buffer[];
  cancel?: () => void;
}

/** Streams that take records; what reads a Kinesis stream takes none, and that stream is not here. */
function direct(deployment: Deployment): Resource[] {
  const streams = deployment.all("aws_kinesis_firehose_delivery_stream");
  return streams.filter(({ values }) => block(values, "kinesis_source_configuration") === undefined);
}

/** Firehose with the streams of the deployment: direct put, delivered to S3 as the stream's own role. */
export function createFirehose(options: FirehoseOptions): Firehose {
  const { deployment, authorize, clock, timers } = options;
  const streams = new Map<string, Held>(
    direct(deployment).map((resource) => {
      const stream = readDeliveryStream(resource);
      return [stream.name, { stream, waiting: [] }] as const;
    }),
  );
  const assume = roleSessions(authorize, clock, "firehose.amazonaws.com");
  const underWay = new Set<Promise<void>>();

  const deliver = async (stream: DeliveryStream, records: readonly Buffer[]): Promise<void> => {
    try {
      const as = assume(stream.roleArn, { sourceArn: stream.arn });
      const at = clock();
      const key = objectPrefix(stream, at) + objectName(stream, at, options.newId());
      const body = Buffer.concat(records);
      // In parts: what a stream is given it does not know the size of.
      await options.objects.put(as, stream.bucket, key, stream.gzip ? gzipSync(body) : body, { inParts: true });
      options.onDelivery(stream.name, true);
    } catch (error) {
      options.onDelivery(stream.name, false);
      options.onLost(`firehose ${stream.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const flush = (held: Held): void => {
    held.cancel?.();
    held.cancel = undefined;
    if (held.waiting.length === 0) return;
    const delivery = deliver(held.stream, held.waiting.splice(0)).finally(() => underWay.delete(delivery));
    underWay.add(delivery);
  };
  const putRecordBatch = (caller: Principal, input: JsonInput): object => {
    const name = input.text("DeliveryStreamName");
    const held = streams.get(name);
    const { account, region } = deployment;
    authorize(caller, "firehose:PutRecordBatch", `arn:aws:firehose:${region}:${account}:deliverystream/${name}`);
    if (!held) throw new AwsError("ResourceNotFoundException", `Firehose ${name} under account ${account} not found.`);
    const records = readRecords(input);
    held.waiting.push(...records);
    held.cancel ??= timers.after(BUFFER_MS, () => flush(held));
    const RequestResponses = records.map(() => ({ RecordId: options.newId() }));
    return { FailedPutCount: 0, Encrypted: true, RequestResponses };
  };
  return {
    name: "firehose",
    async handle(request) {
      const { operation, input } = await readJsonCall(request, "Firehose_20150804", MAXIMUM_PAYLOAD_BYTES);
      if (operation === "PutRecordBatch") return jsonAnswer(putRecordBatch(request.principal, input), "1.1");
      const message = `firehose: ${operation} is not known here; there is: PutRecordBatch`;
      throw new AwsError("UnknownOperationException", message);
    },
    async stop() {
      for (const held of streams.values()) flush(held);
      await Promise.all(underWay);
    },
  };
}

function readRecords(input: JsonInput): Buffer[] {
  const records = input.objects("Records").map((record) => Buffer.from(record.text("Data"), "base64"));
  const invalid = (message: string): AwsError => new AwsError("InvalidArgumentException", message);
  if (records.length === 0 || records.length > MAXIMUM_RECORDS) {
    throw invalid(`Records must be a list of 1 to ${MAXIMUM_RECORDS}, got ${records.length}.`);
  }
  const largest = Math.max(...records.map(({ length }) => length));
  if (largest > MAXIMUM_RECORD_BYTES) {
    throw invalid(`A record must be ${MAXIMUM_RECORD_BYTES} bytes at most, got ${largest}.`);
  }
  const bytes = records.reduce((sum, { length }) => sum + length, 0);
  if (bytes > MAXIMUM_BYTES) throw invalid(`The records must be ${MAXIMUM_BYTES} bytes at most, got ${bytes}.`);
  return records;
}
