import type { Resource } from "../../terraform/deployment";
import { textOr } from "../text-or";

/** Settings of an `aws_sqs_queue`; durations in milliseconds, with SQS's defaults. */
export interface QueueSettings {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly visibilityMs: number;
  readonly retentionMs: number;
  readonly delayMs: number;
  readonly maximumBytes: number;
  /** As the stack names it. */
  readonly kmsKey?: string;
  readonly redrive?: { readonly deadLetterTargetArn: string; readonly maxReceiveCount: number };
}

/** Reads an `aws_sqs_queue`. */
export function queueSettings({ values }: Resource, account: string, region: string): QueueSettings {
  const name = String(values.name);
  const seconds = (argument: string, byDefault: number): number => 1000 * Number(values[argument] ?? byDefault);
  const redrive =
    typeof values.redrive_policy === "string" && values.redrive_policy !== ""
      ? (JSON.parse(values.redrive_policy) as { deadLetterTargetArn: string; maxReceiveCount: number | string })
      : undefined;
  return {
    name,
    arn: textOr(values.arn, `arn:aws:sqs:${region}:${account}:${name}`),
    url: textOr(values.url, `https://sqs.${region}.amazonaws.com/${account}/${name}`),
    visibilityMs: seconds("visibility_timeout_seconds", 30),
    retentionMs: seconds("message_retention_seconds", 345_600),
    delayMs: seconds("delay_seconds", 0),
    maximumBytes: Number(values.max_message_size ?? 262_144),
    ...(typeof values.kms_master_key_id === "string" && { kmsKey: values.kms_master_key_id }),
    ...(redrive && { redrive: { ...redrive, maxReceiveCount: Number(redrive.maxReceiveCount) } }),
  };
}
