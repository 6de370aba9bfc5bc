import type { EventEntry } from "../../kernel/event-bus";
import { manifestUrl, type Asset } from "./asset";
import type { PackagingConfiguration, PackagingGroup } from "./packaging";

/*
 * Events as documented in
 * https://docs.aws.amazon.com/mediapackage/latest/ug/cloudwatch-events-example.html (VOD ingest status, VOD playback).
 */

export function ingestStarted(asset: Asset): EventEntry {
  return entry([asset.arn], { event: "IngestStart", message: "Ingest Started" });
}

export function ingestCompleted(asset: Asset): EventEntry {
  return entry([asset.arn], { event: "IngestComplete", message: "Ingest Completed" });
}

export function ingestFailed(asset: Asset, reason: string): EventEntry {
  return entry([asset.arn], { event: "IngestError", message: reason });
}

/** One for each packaging configuration. */
export function assetPlayable(
  asset: Asset,
  group: PackagingGroup,
  configuration: PackagingConfiguration,
  configurationArn: string,
): EventEntry {
  return entry([asset.arn, configurationArn], {
    event: "VodAssetPlayable",
    message: `Asset '${asset.id}' is now playable for PackagingConfiguration '${configuration.id}'`,
    packaging_configuration_id: configuration.id,
    manifest_urls: [manifestUrl(asset, group, configuration)],
  });
}

function entry(resources: readonly string[], detail: EventEntry["detail"]): EventEntry {
  return { source: "aws.mediapackage", detailType: "MediaPackage Input Notification", resources, detail };
}
