import { AwsError, type AwsRequest, type AwsResponse, type AwsService } from "../../local/kernel/aws-service";
import { documentOf, json } from "../json";

interface ChannelGroup {
  readonly ChannelGroupName: string;
  readonly Arn: string;
  readonly EgressDomain: string;
  readonly CreatedAt: number;
  ModifiedAt: number;
  Description?: string;
  readonly tags: Record<string, string>;
}

export interface ChannelGroups extends AwsService {
  /** `channelGroup/<name>` of every group. */
  names(): string[];
}

/** MediaPackage v2's channel groups; moto has them too, but keeps neither their descriptions nor their tags. */
export function createChannelGroups({ account, region }: { account: string; region: string }): ChannelGroups {
  const groups = new Map<string, ChannelGroup>();
  const arnOf = (name: string): string => `arn:aws:mediapackagev2:${region}:${account}:channelGroup/${name}`;
  const find = (name: string): ChannelGroup => {
    const group = groups.get(name);
    if (!group) throw new AwsError("ResourceNotFoundException", `The channel group ${name} does not exist`, 404);
    return group;
  };

  const create = (given: Record<string, unknown>): AwsResponse => {
    const name = String(given.ChannelGroupName);
    if (groups.has(name)) throw new AwsError("ConflictException", `The channel group ${name} exists`, 409);
    const now = Date.now() / 1000;
    const group: ChannelGroup = {
      ChannelGroupName: name,
      Arn: arnOf(name),
      EgressDomain: `emulated.egress.${name}.mediapackagev2.${region}.amazonaws.com`,
      CreatedAt: now,
      ModifiedAt: now,
      Description: given.Description as string | undefined,
      tags: (given.tags ?? {}) as Record<string, string>,
    };
    groups.set(name, group);
    return json(200, group);
  };

  const groupCall = async (request: AwsRequest, name: string): Promise<AwsResponse> => {
    if (request.method === "POST") return create(await documentOf(request));
    const group = find(name);
    if (request.method === "PUT") {
      const { Description } = (await documentOf(request)) as Partial<ChannelGroup>;
      Object.assign(group, { Description, ModifiedAt: Date.now() / 1000 });
    }
    if (request.method === "DELETE") groups.delete(name);
    return json(200, request.method === "DELETE" ? {} : group);
  };

  const tagCall = async (request: AwsRequest, arn: string): Promise<AwsResponse> => {
    const group = find(arn.split("/").at(-1) ?? "");
    if (request.method === "POST") Object.assign(group.tags, (await documentOf(request)).tags);
    if (request.method === "DELETE") for (const key of request.query.getAll("tagKeys")) delete group.tags[key];
    return json(200, { tags: group.tags });
  };

  return {
    name: "mediapackagev2",
    names: () => [...groups.keys()].map((name) => `channelGroup/${name}`).sort(),
    async handle(request) {
      const [, collection, ...rest] = request.path.split("/").map(decodeURIComponent);
      if (collection === "channelGroup") return groupCall(request, rest.join("/"));
      if (collection === "tags") return tagCall(request, rest.join("/"));
      throw new AwsError("ResourceNotFoundException", `${request.method} ${request.path} is not answered here`, 404);
    },
  };
}
