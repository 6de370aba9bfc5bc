import { AwsError, type Authorize, type AwsRequest, type Permits, type Principal } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { EventBus } from "../../kernel/event-bus";
import type { UseKey } from "../key-use";
import type { Bucket } from "./bucket";
import type { Encryption } from "./encryption";
import type { Sequencer } from "./sequencer";

/** What every operation works with. */
export interface S3Context {
  readonly account: string;
  readonly region: string;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly sequencer: Sequencer;
  readonly authorize: Authorize;
  readonly permits: Permits;
  /** Each bucket's default; absent for one without. */
  readonly encryption: ReadonlyMap<string, Encryption>;
  readonly useKey: UseKey;
  /** ARN of a key by any of its names; undefined for one that is not there. */
  readonly keyArnOf: (name: string) => string | undefined;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly random: (bytes: number) => Buffer;
}

/** A request with its bucket and key read out of it. */
export interface S3Call {
  readonly request: AwsRequest;
  readonly principal: Principal;
  readonly query: URLSearchParams;
  readonly bucket: string;
  /** Empty for operations on the bucket. */
  readonly key: string;
}

/** @throws AwsError `NoSuchBucket` 404 */
export function findBucket({ buckets }: S3Context, name: string): Bucket {
  const bucket = buckets.get(name);
  if (bucket) return bucket;
  throw new AwsError("NoSuchBucket", `The specified bucket does not exist: ${name}`, 404);
}

export function objectArn(bucket: string, key: string): string {
  return `arn:aws:s3:::${bucket}/${key}`;
}

export function bucketArn(bucket: string): string {
  return `arn:aws:s3:::${bucket}`;
}

/** A header's single value. */
export function header(request: AwsRequest, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === "string" ? value : undefined;
}
