import { addressHash } from "./domain";
import type { PackagingConfiguration, PackagingGroup } from "./packaging";

export type AssetStatus = "QUEUED" | "PROCESSING" | "PLAYABLE" | "FAILED";

export interface Asset {
  readonly id: string;
  readonly arn: string;
  /** First part of its addresses. */
  readonly hash: string;
  readonly groupId: string;
  readonly sourceArn: string;
  readonly sourceRoleArn: string;
  readonly resourceId?: string;
  readonly tags: Readonly<Record<string, string>>;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly status: AssetStatus;
  /** Why ingest failed. */
  readonly failure?: string;
}

/** The parts of a manifest's address that stand for the asset, the configuration and the manifest. */
export interface AddressHashes {
  readonly asset: string;
  readonly configuration: string;
  readonly manifest: string;
}

export function addressOf(asset: Asset, configuration: PackagingConfiguration): AddressHashes {
  return {
    asset: asset.hash,
    configuration: configurationHash(configuration.groupId, configuration.id),
    manifest: addressHash("manifest", configuration.groupId, configuration.id, configuration.manifestName),
  };
}

/** The part of an address that stands for the configuration, the same for all assets. */
export function configurationHash(groupId: string, id: string): string {
  return addressHash("configuration", groupId, id);
}

export function manifestFile({ manifestName, protocol }: PackagingConfiguration): string {
  return `${manifestName}.${protocol === "dash" ? "mpd" : "m3u8"}`;
}

/** The address of the parent manifest at the group's origin. */
export function manifestUrl(asset: Asset, group: PackagingGroup, configuration: PackagingConfiguration): string {
  const hashes = addressOf(asset, configuration);
  const path = ["out", "v1", hashes.asset, hashes.configuration, hashes.manifest, manifestFile(configuration)];
  return `https://${group.domain}/${path.join("/")}`;
}
