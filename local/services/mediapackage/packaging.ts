import type { Deployment, Resource } from "../../terraform/deployment";
import { packagingDomain } from "./domain";

export type Protocol = "hls" | "dash" | "cmaf";

export interface StreamSelection {
  /** Bits a second. */
  readonly min: number;
  readonly max: number;
  readonly order: "ORIGINAL" | "VIDEO_BITRATE_ASCENDING" | "VIDEO_BITRATE_DESCENDING";
}

export interface PackagingConfiguration {
  readonly id: string;
  readonly groupId: string;
  readonly protocol: Protocol;
  readonly manifestName: string;
  readonly selection: StreamSelection;
  /** Seconds, DASH. */
  readonly minBufferTime: number;
  /** `HlsPackage`, `DashPackage` or `CmafPackage` as declared. */
  readonly declared: Readonly<Record<string, unknown>>;
}

export interface PackagingGroup {
  readonly id: string;
  /** Host name of the origin. */
  readonly domain: string;
  /** Absent: the origin answers anyone. */
  readonly authorization?: { readonly secretArn: string; readonly roleArn: string };
  readonly configurations: readonly PackagingConfiguration[];
}

type Properties = Record<string, unknown>;
interface Template {
  readonly Resources?: Readonly<Record<string, { readonly Type: string; readonly Properties?: Properties }>>;
}

const PACKAGES: Readonly<Record<Protocol, { package: string; manifests: string }>> = {
  hls: { package: "HlsPackage", manifests: "HlsManifests" },
  dash: { package: "DashPackage", manifests: "DashManifests" },
  cmaf: { package: "CmafPackage", manifests: "HlsManifests" },
};

/** AWS's default of `MinBufferTimeSeconds`. */
const MIN_BUFFER_TIME = 30;

/**
 * Packaging groups and their configurations, out of the CloudFormation bodies in the stack.
 *
 * @throws Error naming every property that the local packager cannot do
 */
export function readPackaging(deployment: Deployment): readonly PackagingGroup[] {
  const problems: string[] = [];
  const groups = deployment.all("aws_cloudformation_stack").flatMap((stack) => groupsOf(stack, deployment, problems));
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return groups;
}

function groupsOf(stack: Resource, { account, region }: Deployment, problems: string[]): PackagingGroup[] {
  const resources = (JSON.parse(String(stack.values["template_body"])) as Template).Resources ?? {};
  const ofType = (type: string) =>
    Object.entries(resources)
      .filter(([, resource]) => resource.Type === type)
      .map(([name, { Properties = {} }]) => ({ where: `${stack.address}: ${name}`, properties: Properties }));
  const configurations = ofType("AWS::MediaPackage::PackagingConfiguration").map(({ where, properties }) =>
    configurationOf(where, properties, (value) => textOf(value, resources), problems),
  );
  return ofType("AWS::MediaPackage::PackagingGroup").map(({ properties }) => {
    const id = String(properties["Id"]);
    const authorization = properties["Authorization"] as Properties | undefined;
    return {
      id,
      domain: packagingDomain(account, region, id),
      ...(authorization && {
        authorization: {
          secretArn: textOf(authorization["CdnIdentifierSecret"], resources),
          roleArn: textOf(authorization["SecretsRoleArn"], resources),
        },
      }),
      configurations: configurations.filter(({ groupId }) => groupId === id),
    };
  });
}

function configurationOf(
  where: string,
  properties: Properties,
  text: (value: unknown) => string,
  problems: string[],
): PackagingConfiguration {
  const protocol = (Object.keys(PACKAGES) as Protocol[]).find((name) => properties[PACKAGES[name].package]);
  if (!protocol)
    problems.push(`${where} has no HlsPackage, DashPackage or CmafPackage, the ones that are packaged locally`);
  const names = PACKAGES[protocol ?? "hls"];
  const declared = (properties[names.package] ?? {}) as Properties;
  const manifest = ((declared[names.manifests] as Properties[] | undefined) ?? [])[0] ?? {};
  problems.push(...unsupported(declared, manifest).map((what) => `${where}.${names.package}.${what}`));
  const selection = (manifest["StreamSelection"] ?? {}) as Properties;
  return {
    id: String(properties["Id"]),
    groupId: text(properties["PackagingGroupId"]),
    protocol: protocol ?? "hls",
    manifestName: (manifest["ManifestName"] as string | undefined) ?? "index",
    selection: {
      min: Number(selection["MinVideoBitsPerSecond"] ?? 0),
      max: Number(selection["MaxVideoBitsPerSecond"] ?? Number.MAX_SAFE_INTEGER),
      order: (selection["StreamOrder"] ?? "ORIGINAL") as StreamSelection["order"],
    },
    minBufferTime: Number(manifest["MinBufferTimeSeconds"] ?? MIN_BUFFER_TIME),
    declared,
  };
}

/** What would make the output another than the one that is written here; better refused than silently left out. */
function unsupported(declared: Properties, manifest: Properties): string[] {
  const format = (declared["SegmentTemplateFormat"] as string | undefined) ?? "NUMBER_WITH_TIMELINE";
  return [
    ...(declared["Encryption"]
      ? ["Encryption: encryption is not done locally; leave it out of the local environment"]
      : []),
    ...(isTrue(declared["UseAudioRenditionGroup"])
      ? ["UseAudioRenditionGroup is true: the local HLS package passes muxed segments on; allowed: false"]
      : []),
    ...(format !== "NUMBER_WITH_TIMELINE"
      ? [`SegmentTemplateFormat is ${format}; allowed locally: NUMBER_WITH_TIMELINE`]
      : []),
    ...(isTrue(declared["IncludeIframeOnlyStream"] ?? manifest["IncludeIframeOnlyStream"])
      ? ["IncludeIframeOnlyStream is true; allowed locally: false"]
      : []),
    ...(Number(manifest["ProgramDateTimeIntervalSeconds"] ?? 0) > 0
      ? ["ProgramDateTimeIntervalSeconds is not 0; allowed locally: 0"]
      : []),
  ];
}

function isTrue(value: unknown): boolean {
  return value === true || value === "true";
}

/** A string, or a `Ref` to a group: its return value is the group's id. */
function textOf(value: unknown, resources: NonNullable<Template["Resources"]>): string {
  const target = (value as { Ref?: string } | undefined)?.Ref;
  return String(target === undefined ? value : resources[target]?.Properties?.["Id"]);
}
