import { createHash } from "node:crypto";
import type { Environment } from "../../environments/environment";
import type { CloudFormationBody } from "../shared/typed-cloudformation";

/** One packaging configuration a protocol, all from the same stored copy. */
export function packagingConfigurations({ name, ladder }: Environment): CloudFormationBody["Resources"] {
  const segment = { SegmentDurationSeconds: ladder.segmentSeconds };
  const hlsManifest = { ManifestName: "index", IncludeIframeOnlyStream: false, AdMarkers: "NONE" };
  const dashManifest = { ManifestName: "index", ManifestLayout: "FULL", Profile: "NONE" };
  const protocols = {
    hls: { HlsPackage: { ...segment, HlsManifests: [hlsManifest] } },
    dash: {
      DashPackage: { ...segment, SegmentTemplateFormat: "NUMBER_WITH_TIMELINE", DashManifests: [dashManifest] },
    },
    cmaf: { CmafPackage: { ...segment, HlsManifests: [hlsManifest] } },
  };
  return Object.fromEntries(
    Object.entries(protocols).map(([protocol, settings]) => {
      const version = versionOf(settings);
      const Properties = { Id: `vod-${name}-${protocol}-${version}`, PackagingGroupId: `vod-${name}`, ...settings };
      const resource = { Type: "AWS::MediaPackage::PackagingConfiguration", DependsOn: "PackagingGroup", Properties };
      return [logicalId(protocol, version), resource];
    }),
  );
}

/**
 * MediaPackage has no call that updates a configuration, so what a configuration says is part of its id: a change makes
 * a new one beside the old.
 */
function versionOf(settings: object): string {
  return createHash("sha256").update(JSON.stringify(settings)).digest("hex").slice(0, 8);
}

function logicalId(protocol: string, version: string): string {
  return `${protocol.charAt(0).toUpperCase()}${protocol.slice(1)}${version}`;
}
