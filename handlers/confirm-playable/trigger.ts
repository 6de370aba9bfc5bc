import { EventReader, stringsOf } from "../shared/read-event";
import type { Result } from "../shared/result";

/** Why the function runs: for one asset, or for all that wait. */
export type Trigger =
  | { readonly kind: "schedule" }
  | { readonly kind: "asset"; readonly mediaPackageAsset: string; readonly ingestError?: string };

/** `arn:aws:mediapackage-vod:<region>:<account>:assets/<id>`, the first of an event's resources. */
const ASSET_ARN = /^arn:[^:]+:mediapackage-vod:[^:]*:[^:]*:assets\/(.+)$/;

/**
 * Reads a schedule's event, or MediaPackage's
 * (https://docs.aws.amazon.com/mediapackage/latest/ug/cloudwatch-events-example.html).
 */
export function readTrigger(event: unknown): Result<Trigger> {
  const read = new EventReader(event);
  const source = read.oneOf("source", "aws.mediapackage", "aws.events");
  if (source === "aws.events") return read.finish({ kind: "schedule" });
  const name = read.oneOf("detail.event", "VodAssetPlayable", "IngestComplete", "IngestStart", "IngestError");
  const arn = stringsOf(read.at("resources")).find((resource) => ASSET_ARN.test(resource));
  const mediaPackageAsset = ASSET_ARN.exec(arn ?? "")?.[1] ?? read.matching("resources.0", ASSET_ARN, "an asset's ARN");
  const ingestError = name === "IngestError" ? (read.optionalText("detail.message") ?? "ingest failed") : undefined;
  return read.finish({ kind: "asset", mediaPackageAsset, ingestError });
}
