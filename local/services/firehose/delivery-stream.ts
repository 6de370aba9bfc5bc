import { block, type Resource } from "../../terraform/deployment";

/** A stream as the stack describes it: what comes in, and where it goes. */
export interface DeliveryStream {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly bucket: string;
  /** With `!{timestamp:...}`, see {@link objectPrefix}. */
  readonly prefix: string;
  readonly gzip: boolean;
}

/** Reads `aws_kinesis_firehose_delivery_stream`. @throws for a destination that is not played here */
export function readDeliveryStream({ address, values }: Resource): DeliveryStream {
  const s3 = block(values, "extended_s3_configuration");
  if (!s3) throw new Error(`${address}: destination must be extended_s3, got ${String(values.destination)}`);
  const compression = text(s3.compression_format, "UNCOMPRESSED");
  if (compression !== "GZIP" && compression !== "UNCOMPRESSED") {
    throw new Error(`${address}: compression_format must be GZIP or UNCOMPRESSED, got ${compression}`);
  }
  return {
    name: String(values.name),
    arn: String(values.arn),
    roleArn: String(s3.role_arn),
    bucket: String(s3.bucket_arn).replace(/^arn:aws:s3:::/, ""),
    prefix: text(s3.prefix, ""),
    gzip: compression === "GZIP",
  };
}

/** The prefix at a moment, in UTC: https://docs.aws.amazon.com/firehose/latest/dev/s3-prefixes.html */
export function objectPrefix({ prefix }: DeliveryStream, at: number): string {
  return prefix.replace(/!\{timestamp:([^}]+)\}/g, (_, pattern: string) => stamp(pattern, at));
}

/** `vod-beacons-local-1-2026-01-02-03-04-05-<uuid>.gz`, as Firehose calls its objects. */
export function objectName({ name, gzip }: DeliveryStream, at: number, id: string): string {
  return `${name}-1-${stamp("yyyy-MM-dd-HH-mm-ss", at)}-${id}${gzip ? ".gz" : ""}`;
}

function stamp(pattern: string, at: number): string {
  const [date = "", time = ""] = new Date(at).toISOString().split("T");
  const [year = "", month = "", day = ""] = date.split("-");
  const [hour = "", minute = "", second = ""] = time.split(/[:.]/);
  const parts: Readonly<Record<string, string>> = { yyyy: year, MM: month, dd: day, HH: hour, mm: minute, ss: second };
  return pattern.replace(/yyyy|MM|dd|HH|mm|ss/g, (part) => parts[part] ?? part);
}

function text(value: unknown, otherwise: string): string {
  return typeof value === "string" ? value : otherwise;
}
