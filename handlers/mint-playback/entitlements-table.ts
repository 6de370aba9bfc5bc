import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import { ENTITLEMENTS } from "../shared/tables";
import type { Entitlements, Licence, Subscription } from "./entitlement";

/** What a viewer holds that bears on one title. */
export type ReadEntitlements = (viewerId: string, assetId: string) => Promise<Entitlements>;

export function entitlementsTable(client: DynamoDBDocumentClient, table: string): ReadEntitlements {
  const read = async (viewerId: string, scope: string) => {
    const key = { [ENTITLEMENTS.key]: viewerId, [ENTITLEMENTS.sort]: scope };
    return (await client.send(new GetCommand({ TableName: table, Key: key }))).Item;
  };
  return async (viewerId, assetId) => {
    const [subscription, licence] = await Promise.all([
      read(viewerId, ENTITLEMENTS.subscription),
      read(viewerId, ENTITLEMENTS.licence(assetId)),
    ]);
    return { subscription: subscription as Subscription | undefined, licence: licence as Licence | undefined };
  };
}
