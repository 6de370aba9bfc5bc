import { type DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Entitlements, Holdings, Licence, Membership, Subscription } from "./entitlements";
import { ENTITLEMENTS } from "./tables";

/** What a viewer holds that bears on one title, which may belong to a collection. */
export type ReadEntitlements = (viewerId: string, assetId: string, collection?: string) => Promise<Entitlements>;

/** Strongly consistent: what has lapsed has lapsed for the very next request. */
export function entitlementsTable(client: DynamoDBDocumentClient, table: string): ReadEntitlements {
  const read = async <T>(holder: string, scope: string): Promise<T | undefined> => {
    const key = { [ENTITLEMENTS.key]: holder, [ENTITLEMENTS.sort]: scope };
    return (await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }))).Item as T;
  };
  const holdings = async (
    holder: string,
    scopeOf: (scope: string) => string,
    assetId: string,
    collection: string | undefined,
  ): Promise<Holdings> => {
    const [subscription, licence, collectionLicence] = await Promise.all([
      read<Subscription>(holder, scopeOf(ENTITLEMENTS.subscription)),
      read<Licence>(holder, scopeOf(ENTITLEMENTS.licence(assetId))),
      collection === undefined ? undefined : read<Licence>(holder, scopeOf(ENTITLEMENTS.collection(collection))),
    ]);
    return { subscription, licence, collectionLicence };
  };
  return async (viewerId, assetId, collection) => {
    const [own, membership] = await Promise.all([
      holdings(viewerId, (scope) => scope, assetId, collection),
      read<Membership>(viewerId, ENTITLEMENTS.membership),
    ]);
    const institution = membership?.institution;
    if (!institution) return own;
    return {
      ...own,
      membership,
      institution: await holdings(institution, ENTITLEMENTS.ofInstitution, assetId, collection),
    };
  };
}
