import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Readable } from "node:stream";
import {
  GetObjectCommand,
  PutObjectCommand,
  S3Client,
  type GetObjectCommandOutput,
  type PutObjectCommandOutput,
} from "@aws-sdk/client-s3";
import type { EventEntry } from "../../../../local/kernel/event-bus";
import type { Authorize } from "../../../../local/kernel/aws-service";
import { createS3Service, type S3Options, type S3Service } from "../../../../local/services/s3/service";
import { startTestGateway, testDeployment, type TestGateway } from "../../gateway/test-gateway";

export const SOURCE = "vod-source-test";
export const PLAIN = "vod-artifacts-test";
/** A key of the stack; neither bucket uses it by itself. */
export const SOURCE_KEY = "arn:aws:kms:eu-west-1:000000000000:key/k";

export interface TestS3 {
  readonly gateway: TestGateway;
  readonly s3: S3Service;
  readonly client: S3Client;
  readonly events: EventEntry[];
  readonly calls: string[];
  /** Puts into {@link SOURCE}, unless the further parameters name another bucket. */
  put(key: string, body?: string | Buffer | Readable, more?: object): Promise<PutObjectCommandOutput>;
  get(key: string, more?: object): Promise<GetObjectCommandOutput>;
  text(key: string, more?: object): Promise<string>;
  stop(): Promise<void>;
}

/** `<status> <code>: <message>` of a call that must be refused. */
export function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "not refused",
    (error: { name: string; message: string; $metadata?: { httpStatusCode: number } }) =>
      `${error.$metadata?.httpStatusCode} ${error.name}: ${error.message}`,
  );
}

/** {@link SOURCE} keeps versions and publishes events, {@link PLAIN} neither. */
export function openS3(directory: string, options: Partial<S3Options> = {}): S3Service {
  return createS3Service({
    deployment: testDeployment({
      "aws_kms_key.source": { arn: SOURCE_KEY, key_id: "k", id: "k" },
      "aws_s3_bucket.source": { bucket: SOURCE },
      "aws_s3_bucket_versioning.source": { bucket: SOURCE, versioning_configuration: [{ status: "Enabled" }] },
      "aws_s3_bucket_notification.source_events": { bucket: SOURCE, eventbridge: true },
    }),
    extraBuckets: [PLAIN],
    directory,
    authorize: () => undefined,
    bus: { publish: () => undefined },
    clock: Date.now,
    random: randomBytes,
    ...options,
  });
}

export async function startTestS3(): Promise<TestS3> {
  const gateway = await startTestGateway();
  const events: EventEntry[] = [];
  const calls: string[] = [];
  const authorize: Authorize = (_, action, resource) => void calls.push(`${action} ${resource}`);
  const s3 = openS3(join(gateway.directory, "s3"), { bus: { publish: (entry) => void events.push(entry) }, authorize });
  gateway.register(s3);
  gateway.registerOrigin(s3.origin);
  const client = new S3Client({ ...gateway.client, maxAttempts: 1 });
  const get: TestS3["get"] = (Key, more = {}) => client.send(new GetObjectCommand({ Bucket: SOURCE, Key, ...more }));
  return {
    gateway,
    s3,
    client,
    events,
    calls,
    put: (Key, Body = "body", more = {}) => client.send(new PutObjectCommand({ Bucket: SOURCE, Key, Body, ...more })),
    get,
    text: async (key, more) => (await get(key, more)).Body!.transformToString(),
    async stop() {
      client.destroy();
      await gateway.stop();
    },
  };
}

/** One S3 for a whole test file; no test may leave a defect in the gateway. */
export function useTestS3(): () => TestS3 {
  let test: TestS3;
  beforeAll(async () => {
    test = await startTestS3();
  });
  afterEach(() => {
    expect(test.gateway.defects).toEqual([]);
  });
  afterAll(async () => {
    await test.stop();
  });
  return () => test;
}
