import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, GetCommand, QueryCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import type { Catalogue, Decision, ListPosition, PublishedTitle } from "./catalogue";
import { CATALOGUE } from "./tables";
import type { Title } from "./title";

/** Rounds of read, decide and write before giving up; each lost round means that another writer got on. */
const ROUNDS = 8;

/** Titles of a sparse index fetched at a time. */
const SPARSE_PAGE = 100;

/** A title and the number of its last write, which the next write is conditional on; items made by hand have none. */
type Item = Title & { readonly revision?: number };

/**
 * The catalogue in DynamoDB. Every change of a title is one conditional UpdateItem on its one item, so that redelivered
 * and reordered events meet there and no transaction is needed.
 */
export function dynamoCatalogue(client: DynamoDBDocumentClient, table: string): Catalogue {
  const readItem = async (assetId: string): Promise<Item | undefined> => {
    const get = new GetCommand({ TableName: table, Key: { [CATALOGUE.key]: assetId }, ConsistentRead: true });
    return (await client.send(get)).Item as Item | undefined;
  };

  const change = async <R>(assetId: string, decide: (title: Title | undefined) => Decision<R>): Promise<R> => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const item = await readItem(assetId);
      const decision = decide(item && withoutRevision(item));
      if (!decision.write || (await wrote(client, updateOf(table, item, decision.write)))) return decision.result;
    }
    throw new Error(
      `Catalogue table ${table}: title ${assetId} changed under ${ROUNDS} writes in a row; try again later`,
    );
  };

  return {
    read: async (assetId) => {
      const item = await readItem(assetId);
      return item && withoutRevision(item);
    },
    change,
    published: (limit, after) => queryPublished(client, table, limit, after),
    packaging: () => querySparse(client, table, CATALOGUE.packagingIndex, "WAITING"),
    atWork: () => querySparse(client, table, CATALOGUE.workIndex, "AT_WORK"),
  };
}

async function wrote(client: DynamoDBDocumentClient, update: UpdateCommand): Promise<boolean> {
  try {
    await client.send(update);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Sets what the next state holds and removes what it no longer holds. */
function updateOf(table: string, item: Item | undefined, next: Title): UpdateCommand {
  const { [CATALOGUE.key]: assetId, ...attributes } = { ...next, revision: (item?.revision ?? 0) + 1 };
  const present = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const absent = Object.keys(item ?? {}).filter(
    (name) => name !== CATALOGUE.key && !present.some(([key]) => key === name),
  );
  const sets = present.map((_, index) => `#s${index} = :s${index}`).join(", ");
  const removes = absent.map((_, index) => `#r${index}`).join(", ");
  return new UpdateCommand({
    TableName: table,
    Key: { [CATALOGUE.key]: assetId },
    UpdateExpression: `SET ${sets}${removes && ` REMOVE ${removes}`}`,
    ConditionExpression: item?.revision === undefined ? "attribute_not_exists(#revision)" : "#revision = :revision",
    ExpressionAttributeNames: {
      "#revision": "revision",
      ...Object.fromEntries(present.map(([name], index) => [`#s${index}`, name])),
      ...Object.fromEntries(absent.map((name, index) => [`#r${index}`, name])),
    },
    ExpressionAttributeValues: {
      ...(item?.revision !== undefined && { ":revision": item.revision }),
      ...Object.fromEntries(present.map(([, value], index) => [`:s${index}`, value])),
    },
  });
}

async function queryPublished(client: DynamoDBDocumentClient, table: string, limit: number, after?: ListPosition) {
  const { name, key, sort } = CATALOGUE.publishedIndex;
  const { Items = [], LastEvaluatedKey: last } = await client.send(
    new QueryCommand({
      TableName: table,
      IndexName: name,
      KeyConditionExpression: "#state = :state",
      ExpressionAttributeNames: { "#state": key },
      ExpressionAttributeValues: { ":state": "PUBLISHED" },
      ScanIndexForward: false,
      Limit: limit,
      ExclusiveStartKey: after && { [key]: "PUBLISHED", [sort]: after.publishedAt, [CATALOGUE.key]: after.assetId },
    }),
  );
  const next = last && { publishedAt: String(last[sort]), assetId: String(last[CATALOGUE.key]) };
  return { items: Items.map(publishedTitle), next };
}

/** The index may project more than is known here. */
function publishedTitle(item: Record<string, unknown>): PublishedTitle {
  const { assetId, title, publishedAt, poster, durationSeconds, licence } = item as unknown as PublishedTitle;
  return { assetId, title, poster, durationSeconds, publishedAt, licence };
}

/** Every title in a sparse index, where all have the same key. */
async function* querySparse(
  client: DynamoDBDocumentClient,
  table: string,
  { name, key }: { readonly name: string; readonly key: string },
  state: string,
): AsyncGenerator<string> {
  let from: Record<string, unknown> | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: name,
        KeyConditionExpression: "#state = :state",
        ExpressionAttributeNames: { "#state": key },
        ExpressionAttributeValues: { ":state": state },
        Limit: SPARSE_PAGE,
        ExclusiveStartKey: from,
      }),
    );
    for (const item of Items) yield String(item[CATALOGUE.key]);
    from = LastEvaluatedKey;
  } while (from);
}

function withoutRevision(item: Item): Title {
  const { revision: _, ...title } = item;
  return title;
}
