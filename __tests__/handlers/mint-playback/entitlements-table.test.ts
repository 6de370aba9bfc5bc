import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { entitlementsTable } from "../../../handlers/mint-playback/entitlements-table";
import { documentClient } from "../../../handlers/shared/make-catalogue";
import { type DynamoTables, startDynamoTables } from "../support/dynamo-tables";

let tables: DynamoTables;
beforeAll(async () => {
  tables = await startDynamoTables();
});
afterAll(() => tables.stop());

test("a viewer's subscription and the licence for the title are found, and nobody else's", async () => {
  const client = documentClient(tables.client);
  const items = [
    { viewerId: "ann", scope: "SUBSCRIPTION", status: "ACTIVE", expiresAt: "2031-01-01T00:00:00Z" },
    { viewerId: "ann", scope: "LICENCE#night-0123456789ab", expiresAt: "2030-06-01T00:00:00Z" },
    { viewerId: "ann", scope: "LICENCE#day-0123456789ab" },
    { viewerId: "bob", scope: "SUBSCRIPTION", status: "PAUSED" },
  ];
  for (const Item of items) await client.send(new PutCommand({ TableName: "entitlements", Item }));
  const read = entitlementsTable(client, "entitlements");
  expect(await read("ann", "night-0123456789ab")).toEqual({ subscription: items[0], licence: items[1] });
  expect(await read("bob", "night-0123456789ab")).toEqual({ subscription: items[3], licence: undefined });
  expect(await read("eve", "night-0123456789ab")).toEqual({ subscription: undefined, licence: undefined });
});
