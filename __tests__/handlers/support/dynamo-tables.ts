import { once } from "node:events";
import type { AddressInfo, Server } from "node:net";
import { CreateTableCommand, DynamoDBClient, type CreateTableCommandInput } from "@aws-sdk/client-dynamodb";
import dynalite from "dynalite";
import { CATALOGUE, ENTITLEMENTS, SESSIONS } from "../../../handlers/shared/tables";

export interface DynamoTables {
  readonly client: DynamoDBClient;
  stop(): Promise<void>;
}

/** A DynamoDB in memory with the tables of the stack, on a free port of 127.0.0.1. */
export async function startDynamoTables(): Promise<DynamoTables> {
  const server = dynalite({ createTableMs: 0 }) as Server;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: "eu-west-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
  });
  await client.send(new CreateTableCommand(catalogueTable()));
  await client.send(new CreateTableCommand(entitlementsTable()));
  await client.send(new CreateTableCommand(sessionsTable()));
  return {
    client,
    stop: async () => {
      client.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function catalogueTable(): CreateTableCommandInput {
  const { publishedIndex, packagingIndex, workIndex } = CATALOGUE;
  const indexes = [publishedIndex, packagingIndex, workIndex];
  const names = [CATALOGUE.key, ...indexes.flatMap(({ key, sort }) => [key, sort])];
  return {
    TableName: "catalogue",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: names.map((name) => ({ AttributeName: name, AttributeType: "S" })),
    KeySchema: [{ AttributeName: CATALOGUE.key, KeyType: "HASH" }],
    GlobalSecondaryIndexes: [
      {
        IndexName: publishedIndex.name,
        KeySchema: keys(publishedIndex.key, publishedIndex.sort),
        Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: [...publishedIndex.include] },
      },
      ...[packagingIndex, workIndex].map(({ name, key, sort }) => ({
        IndexName: name,
        KeySchema: keys(key, sort),
        Projection: { ProjectionType: "KEYS_ONLY" as const },
      })),
    ],
  };
}

function entitlementsTable(): CreateTableCommandInput {
  const names = [ENTITLEMENTS.key, ENTITLEMENTS.sort];
  return {
    TableName: "entitlements",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: names.map((name) => ({ AttributeName: name, AttributeType: "S" })),
    KeySchema: keys(ENTITLEMENTS.key, ENTITLEMENTS.sort),
  };
}

function sessionsTable(): CreateTableCommandInput {
  return {
    TableName: "sessions",
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [{ AttributeName: SESSIONS.key, AttributeType: "S" }],
    KeySchema: [{ AttributeName: SESSIONS.key, KeyType: "HASH" }],
  };
}

function keys(hash: string, range: string): CreateTableCommandInput["KeySchema"] {
  return [
    { AttributeName: hash, KeyType: "HASH" },
    { AttributeName: range, KeyType: "RANGE" },
  ];
}
