import {
  CreateAssetCommand,
  DescribeAssetCommand,
  type DescribeAssetResponse,
  type EgressEndpoint,
  type MediaPackageVodClient,
  MediaPackageVodServiceException,
  NotFoundException,
} from "@aws-sdk/client-mediapackage-vod";
import type { Endpoint } from "./egress";
import type { Packager } from "./packager";
import { ok, refused } from "./result";
import type { Failure } from "./title";

/** Answers to CreateAsset that a retry does not change: malformed, taken or refused. */
const PERMANENT = [400, 409, 422];

export interface PackagingSettings {
  readonly packagingGroupId: string;
  readonly sourceRoleArn: string;
}

/** `settings` are needed to register only. */
export function mediaPackagePackager(client: MediaPackageVodClient, settings?: PackagingSettings): Packager {
  const describe = async (id: string): Promise<DescribeAssetResponse | undefined> => {
    try {
      return await client.send(new DescribeAssetCommand({ Id: id }));
    } catch (error) {
      if (error instanceof NotFoundException) return undefined;
      throw error;
    }
  };

  return {
    describe: async (id) => endpointsOf((await describe(id))?.EgressEndpoints),

    async register({ id, sourceArn, tags }) {
      if (!settings) throw new Error("This function was given no packaging group to register assets in");
      const { packagingGroupId: PackagingGroupId, sourceRoleArn: SourceRoleArn } = settings;
      const create = new CreateAssetCommand({
        Id: id,
        SourceArn: sourceArn,
        SourceRoleArn,
        PackagingGroupId,
        Tags: tags,
      });
      try {
        return ok(endpointsOf((await client.send(create)).EgressEndpoints) ?? []);
      } catch (error) {
        if (!isPermanent(error)) throw error;
        // CreateAsset takes no token: whether it "exists already" shows only by looking.
        const existing = await describe(id);
        if (existing?.SourceArn === sourceArn) return ok(endpointsOf(existing.EgressEndpoints) ?? []);
        return refused(refusal(id, error, existing));
      }
    },
  };
}

function isPermanent(error: unknown): error is MediaPackageVodServiceException {
  return error instanceof MediaPackageVodServiceException && PERMANENT.includes(error.$metadata.httpStatusCode ?? 0);
}

function refusal(id: string, error: Error, existing: DescribeAssetResponse | undefined): Failure {
  const reason = existing
    ? `MediaPackage has an asset ${id} of another source, ${existing.SourceArn}`
    : `MediaPackage refused the asset: ${error.message}`;
  return { stage: "package", code: existing ? "ASSET_TAKEN" : "ASSET_REFUSED", reason };
}

function endpointsOf(endpoints: EgressEndpoint[] | undefined): Endpoint[] | undefined {
  return endpoints?.map(({ PackagingConfigurationId: configurationId = "", Status: status = "", Url: url = "" }) => ({
    configurationId,
    status,
    url,
  }));
}
