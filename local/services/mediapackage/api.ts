import { AwsError, type AwsRequest, type AwsResponse, type AwsService, type Authorize } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { Arns } from "./arns";
import type { AssetStore } from "./asset-store";
import { newAsset, parseCreateAsset } from "./create-asset";
import type { IngestQueue } from "./ingest-queue";
import type { PackagingConfiguration, PackagingGroup } from "./packaging";
import { readJson, renderError, renderJson, page } from "./rest-json";
import { assetSummary, assetView, configurationView, groupView } from "./views";

export interface ApiDependencies {
  readonly groups: readonly PackagingGroup[];
  readonly assets: AssetStore;
  readonly queue: Pick<IngestQueue, "add">;
  readonly authorize: Authorize;
  readonly arns: Arns;
  readonly clock: Clock;
  /** An asset's packaged segments are of no more use. */
  readonly forget: (assetHash: string) => void;
}

/**
 * MediaPackage VOD's API (REST, JSON) as far as the platform uses it. Groups and configurations come from the
 * stack and cannot be changed here.
 *
 * @see https://docs.aws.amazon.com/mediapackage-vod/latest/apireference/
 */
export class MediaPackageVodApi implements AwsService {
  readonly name = "mediapackage-vod";

  constructor(private readonly deps: ApiDependencies) {}

  async handle(request: AwsRequest): Promise<AwsResponse> {
    try {
      return await this.route(request);
    } catch (error) {
      if (error instanceof AwsError) return renderError(error);
      throw error;
    }
  }

  private async route(request: AwsRequest): Promise<AwsResponse> {
    const [collection, encoded, ...rest] = request.path.split("/").slice(1);
    const id = encoded === undefined || encoded === "" ? undefined : decodeURIComponent(encoded);
    const operation = rest.length === 0 ? `${request.method} ${collection}${id === undefined ? "" : "/id"}` : "";
    switch (operation) {
      case "POST assets":
        return this.createAsset(request);
      case "GET assets":
        return this.listAssets(request);
      case "GET assets/id":
        return this.describeAsset(request, id!);
      case "DELETE assets/id":
        return this.deleteAsset(request, id!);
      case "GET packaging_groups":
        return this.listGroups(request);
      case "GET packaging_groups/id":
        return this.describeGroup(request, id!);
      case "GET packaging_configurations":
        return this.listConfigurations(request);
      case "GET packaging_configurations/id":
        return this.describeConfiguration(request, id!);
      default:
        throw new AwsError("NotFoundException", `${request.method} ${request.path} is not provided locally`, 404);
    }
  }

  private async createAsset(request: AwsRequest): Promise<AwsResponse> {
    const { authorize, arns, assets, groups, queue, clock } = this.deps;
    const input = parseCreateAsset(await readJson(request));
    authorize(request.principal, "mediapackage-vod:CreateAsset", "*");
    if (Object.keys(input.tags).length > 0) {
      authorize(request.principal, "mediapackage-vod:TagResource", arns.asset(input.id));
    }
    // https://docs.aws.amazon.com/service-authorization/latest/reference/list_mediapackage-vod.html
    authorize(request.principal, "iam:PassRole", input.sourceRoleArn, {
      "iam:PassedToService": "mediapackage-vod.amazonaws.com",
    });
    const group = groups.find(({ id }) => id === input.packagingGroupId);
    if (!group) throw notFound("packaging group", input.packagingGroupId);
    if (assets.get(input.id)) {
      throw new AwsError("UnprocessableEntityException", `Asset with id ${input.id} already exists`, 422);
    }
    const asset = newAsset(input, arns, clock());
    assets.put(asset);
    queue.add(asset.id);
    return renderJson(200, assetView(asset, group));
  }

  private describeAsset(request: AwsRequest, id: string): AwsResponse {
    const { authorize, arns, assets, groups } = this.deps;
    authorize(request.principal, "mediapackage-vod:DescribeAsset", arns.asset(id));
    const asset = assets.get(id);
    if (!asset) throw notFound("asset", id);
    return renderJson(
      200,
      assetView(
        asset,
        groups.find((group) => group.id === asset.groupId),
      ),
    );
  }

  private listAssets(request: AwsRequest): AwsResponse {
    this.deps.authorize(request.principal, "mediapackage-vod:ListAssets", "*");
    const group = request.query.get("packagingGroupId");
    const assets = this.deps.assets.all().filter(({ groupId }) => group === null || groupId === group);
    return renderJson(200, page("assets", assets.map(assetSummary), request.query));
  }

  private deleteAsset(request: AwsRequest, id: string): AwsResponse {
    const { authorize, arns, assets, forget } = this.deps;
    authorize(request.principal, "mediapackage-vod:DeleteAsset", arns.asset(id));
    const asset = assets.get(id);
    if (!asset) throw notFound("asset", id);
    assets.remove(asset);
    forget(asset.hash);
    return renderJson(202, {});
  }

  private listGroups(request: AwsRequest): AwsResponse {
    this.deps.authorize(request.principal, "mediapackage-vod:ListPackagingGroups", "*");
    return renderJson(
      200,
      page(
        "packagingGroups",
        this.deps.groups.map((group) => this.viewOf(group)),
        request.query,
      ),
    );
  }

  private describeGroup(request: AwsRequest, id: string): AwsResponse {
    this.deps.authorize(request.principal, "mediapackage-vod:DescribePackagingGroup", this.deps.arns.group(id));
    const group = this.deps.groups.find((candidate) => candidate.id === id);
    if (!group) throw notFound("packaging group", id);
    return renderJson(200, this.viewOf(group));
  }

  private listConfigurations(request: AwsRequest): AwsResponse {
    this.deps.authorize(request.principal, "mediapackage-vod:ListPackagingConfigurations", "*");
    const group = request.query.get("packagingGroupId");
    const views = this.configurations()
      .filter(({ groupId }) => group === null || groupId === group)
      .map((configuration) => configurationView(configuration, this.deps.arns));
    return renderJson(200, page("packagingConfigurations", views, request.query));
  }

  private describeConfiguration(request: AwsRequest, id: string): AwsResponse {
    const { authorize, arns } = this.deps;
    authorize(request.principal, "mediapackage-vod:DescribePackagingConfiguration", arns.configuration(id));
    const configuration = this.configurations().find((candidate) => candidate.id === id);
    if (!configuration) throw notFound("packaging configuration", id);
    return renderJson(200, configurationView(configuration, arns));
  }

  private viewOf(group: PackagingGroup): Record<string, unknown> {
    const count = this.deps.assets.all().filter(({ groupId }) => groupId === group.id).length;
    return groupView(group, count, this.deps.arns);
  }

  private configurations(): PackagingConfiguration[] {
    return this.deps.groups.flatMap(({ configurations }) => configurations);
  }
}

function notFound(what: string, id: string): AwsError {
  return new AwsError("NotFoundException", `There is no ${what} with id ${id}`, 404);
}
