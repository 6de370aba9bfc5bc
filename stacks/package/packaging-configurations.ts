import type { Environment } from "../../environments/environment";
import type { CloudFormationBody } from "../shared/typed-cloudformation";

/**
 * MediaPackage has no call that updates a configuration, so its id carries a version: to change one, add the next
 * version, move the assets, remove the old.
 */
const VERSION = "v1";

/** One packaging configuration a protocol, all from the same stored copy. */
export function packagingConfigurations({ name, ladder }: Environment): CloudFormationBody["Resources"] {
  const segment = { SegmentDurationSeconds: ladder.segmentSeconds };
  const hlsManifest = { ManifestName: "index", IncludeIframeOnlyStream: false, AdMarkers: "NONE" };
  const configuration = (protocol: string, settings: object): CloudFormationBody["Resources"][string] => ({
    Type: "AWS::MediaPackage::PackagingConfiguration",
    DependsOn: "PackagingGroup",
    Properties: { Id: `vod-${name}-${protocol}-${VERSION}`, PackagingGroupId: `vod-${name}`, ...settings },
  });
  return {
    Hls: configuration("hls", { HlsPackage: { ...segment, HlsManifests: [hlsManifest] } }),
    Dash: configuration("dash", {
      DashPackage: {
        ...segment,
        SegmentTemplateFormat: "NUMBER_WITH_TIMELINE",
        DashManifests: [{ ManifestName: "index", ManifestLayout: "FULL", Profile: "NONE" }],
      },
    }),
    Cmaf: configuration("cmaf", { CmafPackage: { ...segment, HlsManifests: [hlsManifest] } }),
  };
}
