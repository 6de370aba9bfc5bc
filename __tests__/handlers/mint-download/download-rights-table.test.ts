import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { downloadRightsTable } from "../../../handlers/mint-download/download-rights-table";
import { documentClient } from "../../../handlers/shared/make-catalogue";
import { type DynamoTables, startDynamoTables } from "../support/dynamo-tables";

let tables: DynamoTables;
beforeAll(async () => {
  tables = await startDynamoTables();
});
afterAll(() => tables.stop());

test("a viewer's rights for all titles and for this one are found, and nobody else's", async () => {
  const client = documentClient(tables.client);
  const items = [
    { viewerId: "ann", scope: "DOWNLOAD", expiresAt: "2031-01-01T00:00:00Z" },
    { viewerId: "ann", scope: "DOWNLOAD#day-0123456789ab" },
    { viewerId: "bob", scope: "DOWNLOAD#night-0123456789ab" },
    { viewerId: "eve", scope: "SUBSCRIPTION", status: "ACTIVE" },
  ];
  for (const Item of items) await client.send(new PutCommand({ TableName: "entitlements", Item }));
  const read = downloadRightsTable(client, "entitlements");
  expect(await read("ann", "night-0123456789ab")).toEqual({ account: items[0], title: undefined });
  expect(await read("bob", "night-0123456789ab")).toEqual({ account: undefined, title: items[2] });
  expect(await read("eve", "night-0123456789ab")).toEqual({ account: undefined, title: undefined });
});
