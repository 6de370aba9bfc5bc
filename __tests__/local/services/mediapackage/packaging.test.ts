import { packagingDomain } from "../../../../local/services/mediapackage/domain";
import { readPackaging } from "../../../../local/services/mediapackage/packaging";
import { deployment, SECRET_ARN, SECRETS_ROLE_ARN, template } from "./stack";

function withHls(properties: Record<string, unknown>): Record<string, unknown> {
  const Properties = { Id: "local-hls-v1", PackagingGroupId: { Ref: "Group" }, ...properties };
  return template({ Hls: { Type: "AWS::MediaPackage::PackagingConfiguration", Properties } });
}

describe("packaging groups of the stack", () => {
  it("come with their configurations, a Ref meaning the group's id", () => {
    const [group, ...others] = readPackaging(deployment());
    expect(others).toEqual([]);
    expect(group).toMatchObject({
      id: "vod-local",
      domain: packagingDomain("000000000000", "eu-west-1", "vod-local"),
      authorization: { secretArn: SECRET_ARN, roleArn: SECRETS_ROLE_ARN },
    });
    expect(
      group!.configurations.map(({ id, groupId, protocol, minBufferTime }) => [id, groupId, protocol, minBufferTime]),
    ).toEqual([
      ["local-hls-v1", "vod-local", "hls", 30],
      ["local-dash-v1", "vod-local", "dash", 8],
      ["local-cmaf-v1", "vod-local", "cmaf", 30],
    ]);
  });

  it("take the manifest's name and the selection of streams", () => {
    const selection = { MinVideoBitsPerSecond: 1, MaxVideoBitsPerSecond: 2, StreamOrder: "VIDEO_BITRATE_DESCENDING" };
    const body = withHls({ HlsPackage: { HlsManifests: [{ ManifestName: "master", StreamSelection: selection }] } });
    expect(readPackaging(deployment(body))[0]!.configurations[0]).toMatchObject({
      manifestName: "master",
      selection: { min: 1, max: 2, order: "VIDEO_BITRATE_DESCENDING" },
    });
  });

  it("are refused with every setting that is not done locally", () => {
    const manifest = { IncludeIframeOnlyStream: true, ProgramDateTimeIntervalSeconds: 5 };
    const body = withHls({
      HlsPackage: {
        HlsManifests: [manifest],
        Encryption: {},
        UseAudioRenditionGroup: true,
        SegmentTemplateFormat: "X",
      },
    });
    const where = "aws_cloudformation_stack.packaging: Hls.HlsPackage.";
    expect(() => readPackaging(deployment(body))).toThrow(
      [
        `${where}Encryption: encryption is not done locally; leave it out of the local environment`,
        `${where}UseAudioRenditionGroup is true: the local HLS package passes muxed segments on; allowed: false`,
        `${where}SegmentTemplateFormat is X; allowed locally: NUMBER_WITH_TIMELINE`,
        `${where}IncludeIframeOnlyStream is true; allowed locally: false`,
        `${where}ProgramDateTimeIntervalSeconds is not 0; allowed locally: 0`,
      ].join("\n"),
    );
  });

  it("are refused when a configuration has no package that is made locally", () => {
    expect(() => readPackaging(deployment(withHls({ MssPackage: {} })))).toThrow(
      "aws_cloudformation_stack.packaging: Hls has no HlsPackage, DashPackage or CmafPackage, the ones that are packaged locally",
    );
  });
});

describe("a packaging group's domain", () => {
  it("is AWS's form, and always the same for the same group", () => {
    const domain = packagingDomain("000000000000", "eu-west-1", "vod-local");
    expect(domain).toMatch(/^[0-9a-f]{32}\.egress\.mediapackage-vod\.eu-west-1\.amazonaws\.com$/);
    expect(packagingDomain("000000000000", "eu-west-1", "vod-local")).toBe(domain);
    expect(packagingDomain("000000000001", "eu-west-1", "vod-local")).not.toBe(domain);
  });
});
