import { manifestUrl, type Asset } from "./asset";
import type { Arns } from "./arns";
import type { PackagingConfiguration, PackagingGroup } from "./packaging";

/*
 * Resources as the API answers them: lower camel case, as in the service's model
 * (https://docs.aws.amazon.com/mediapackage-vod/latest/apireference/).
 */

/** A list's entry: without the endpoints. */
export function assetSummary(asset: Asset): Record<string, unknown> {
  const { arn, createdAt, id, groupId, resourceId, sourceArn, sourceRoleArn, tags } = asset;
  return { arn, createdAt, id, packagingGroupId: groupId, resourceId, sourceArn, sourceRoleArn, tags };
}

export function assetView(asset: Asset, group: PackagingGroup | undefined): Record<string, unknown> {
  const egressEndpoints = (group?.configurations ?? []).map((configuration) => ({
    packagingConfigurationId: configuration.id,
    status: asset.status,
    url: manifestUrl(asset, group!, configuration),
  }));
  return { ...assetSummary(asset), egressEndpoints };
}

export function groupView(group: PackagingGroup, assetCount: number, arns: Arns): Record<string, unknown> {
  return {
    approximateAssetCount: assetCount,
    arn: arns.group(group.id),
    ...(group.authorization && {
      authorization: {
        cdnIdentifierSecret: group.authorization.secretArn,
        secretsRoleArn: group.authorization.roleArn,
      },
    }),
    domainName: `https://${group.domain}`,
    id: group.id,
    tags: {},
  };
}

export function configurationView(
  { id, groupId, protocol, declared }: PackagingConfiguration,
  arns: Arns,
): Record<string, unknown> {
  return {
    arn: arns.configuration(id),
    id,
    packagingGroupId: groupId,
    [`${protocol}Package`]: camel(declared),
    tags: {},
  };
}

/** CloudFormation's `HlsManifests` is `hlsManifests` on the wire, all the way down. */
function camel(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(camel);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name[0]!.toLowerCase() + name.slice(1), camel(item)]),
  );
}
