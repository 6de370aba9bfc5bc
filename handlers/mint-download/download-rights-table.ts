import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { ENTITLEMENTS } from "../shared/tables";
import type { DownloadRight, DownloadRights } from "./download-right";

/** What a viewer may keep that bears on one title. */
export type ReadDownloadRights = (viewerId: string, assetId: string) => Promise<DownloadRights>;

/** Strongly consistent: what was taken away is gone for the very next request. */
export function downloadRightsTable(client: DynamoDBDocumentClient, table: string): ReadDownloadRights {
  const read = async (viewerId: string, scope: string): Promise<DownloadRight | undefined> => {
    const key = { [ENTITLEMENTS.key]: viewerId, [ENTITLEMENTS.sort]: scope };
    return (await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }))).Item;
  };
  return async (viewerId, assetId) => {
    const [account, title] = await Promise.all([
      read(viewerId, ENTITLEMENTS.download),
      read(viewerId, ENTITLEMENTS.downloadOf(assetId)),
    ]);
    return { account, title };
  };
}
