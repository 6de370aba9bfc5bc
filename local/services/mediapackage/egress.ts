import { AwsError, type AwsRequest, type AwsResponse } from "../../kernel/aws-service";
import type { ObjectStore } from "../../kernel/object-store";
import type { AssumeRole } from "../role-sessions";
import { addressOf, configurationHash, manifestFile, type Asset } from "./asset";
import type { AssetStore } from "./asset-store";
import { CDN_HEADER, type CdnAuthorization } from "./cdn-authorization";
import { parseChildName } from "./file-names";
import { FilterError, filterPresentation, selectStreams } from "./manifest-filter";
import { cmafPackager, dashPackager } from "./package-cmaf";
import type { PackageContext, PackagedFile, Packager } from "./package-context";
import { hlsPackager } from "./package-hls";
import type { PackagingConfiguration, PackagingGroup, Protocol } from "./packaging";
import type { SegmentCache } from "./segment-cache";

/** An origin that is found by its host name. */
export interface Origin {
  matches(host: string): boolean;
  handle(request: AwsRequest): Promise<AwsResponse>;
}

export interface EgressDependencies {
  readonly groups: readonly PackagingGroup[];
  readonly assets: AssetStore;
  readonly store: ObjectStore;
  readonly assume: AssumeRole;
  readonly cache: SegmentCache;
  readonly authorization: CdnAuthorization;
  /** Told of every request for a packaging configuration's address. */
  readonly onAnswer?: (configurationId: string, status: number) => void;
}

const PATH = /^\/out\/v1\/([0-9a-f]{32})\/([0-9a-f]{32})\/([0-9a-f]{32})\/([A-Za-z0-9_.-]+)$/;
const PACKAGERS: Readonly<Record<Protocol, Packager>> = { hls: hlsPackager, dash: dashPackager, cmaf: cmafPackager };

/** The origins of all packaging groups: playback addresses, packaged when they are asked for. */
export class Egress implements Origin {
  constructor(private readonly deps: EgressDependencies) {}

  matches(host: string): boolean {
    return this.group(host) !== undefined;
  }

  async handle(request: AwsRequest): Promise<AwsResponse> {
    const response = await this.respond(request);
    const hash = PATH.exec(request.path)?.[2];
    const configuration = this.group(request.host)?.configurations.find(
      ({ groupId, id }) => configurationHash(groupId, id) === hash,
    );
    if (configuration) this.deps.onAnswer?.(configuration.id, response.status);
    return response;
  }

  private async respond(request: AwsRequest): Promise<AwsResponse> {
    const group = this.group(request.host);
    if (!group) return refusal(404, "Not Found", `no packaging group has the host ${request.host}`);
    if (request.method !== "GET" && request.method !== "HEAD") {
      return refusal(405, "Method Not Allowed", `${request.method} is not allowed; GET and HEAD are`);
    }
    try {
      if (!(await this.deps.authorization.allows(group, request.headers[CDN_HEADER]))) {
        return refusal(403, "Forbidden", "the request does not carry the CDN identifier of the packaging group");
      }
    } catch (error) {
      if (error instanceof AwsError) return refusal(403, error.code, "the CDN identifier's secret cannot be read");
      throw error;
    }
    return this.serve(group, request);
  }

  private async serve(group: PackagingGroup, request: AwsRequest): Promise<AwsResponse> {
    try {
      const file = await this.find(group, request);
      if (!file) return refusal(404, "Not Found", "there is nothing at this address");
      return answer(file, request.method === "HEAD");
    } catch (error) {
      if (error instanceof FilterError) return refusal(400, "Bad Request", error.message);
      // The stored copy is gone or closed to the source role: told without details of the account.
      if (error instanceof AwsError) return refusal(404, error.code, "the stored copy cannot be read");
      throw error;
    }
  }

  private group(host: string): PackagingGroup | undefined {
    return this.deps.groups.find(({ domain }) => domain === host.toLowerCase());
  }

  private async find(group: PackagingGroup, request: AwsRequest): Promise<PackagedFile | undefined> {
    const [, assetHash = "", wanted, manifestHash, file = ""] = PATH.exec(request.path) ?? [];
    const asset = this.deps.assets.withHash(assetHash);
    if (!asset || asset.groupId !== group.id || asset.status !== "PLAYABLE") return undefined;
    const configuration = group.configurations.find((candidate) => {
      const hashes = addressOf(asset, candidate);
      return hashes.configuration === wanted && hashes.manifest === manifestHash;
    });
    return configuration && this.package(asset, configuration, file, request.query);
  }

  private async package(
    asset: Asset,
    configuration: PackagingConfiguration,
    file: string,
    query: URLSearchParams,
  ): Promise<PackagedFile | undefined> {
    const { assets, store, assume, cache } = this.deps;
    const index = assets.index(asset);
    const context: PackageContext = { asset, index, configuration, store, assume, cache };
    const packager = PACKAGERS[configuration.protocol];
    if (file === manifestFile(configuration)) {
      return packager.parent(context, filterPresentation(selectStreams(index, configuration.selection), query));
    }
    if ([...query].length > 0) throw new FilterError("a query is allowed on the parent manifest only");
    const name = parseChildName(file);
    return name && packager.child(context, name);
  }
}

function answer({ contentType, body, maxAge }: PackagedFile, headOnly: boolean): AwsResponse {
  const headers = {
    "content-type": contentType,
    "content-length": String(Buffer.byteLength(body)),
    "cache-control": `max-age=${maxAge}`,
  };
  return { status: 200, headers, ...(!headOnly && { body }) };
}

function refusal(status: number, title: string, message: string): AwsResponse {
  const headers = { "content-type": "application/json", ...(status === 405 && { allow: "GET, HEAD" }) };
  return { status, headers, body: JSON.stringify({ error: title, message }) };
}
