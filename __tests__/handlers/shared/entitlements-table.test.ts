import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { entitlementsTable } from "../../../handlers/shared/entitlements-table";
import { documentClient } from "../../../handlers/shared/make-catalogue";
import { type DynamoTables, startDynamoTables } from "../support/dynamo-tables";

const NIGHT = "night-0123456789ab";
const ITEMS = {
  subscription: { viewerId: "ann", scope: "SUBSCRIPTION", status: "ACTIVE", expiresAt: "2031-01-01T00:00:00Z" },
  licence: { viewerId: "ann", scope: `LICENCE#${NIGHT}`, expiresAt: "2030-06-01T00:00:00Z" },
  otherLicence: { viewerId: "ann", scope: "LICENCE#day-0123456789ab" },
  collection: { viewerId: "ann", scope: "COLLECTION#noir" },
  paused: { viewerId: "bob", scope: "SUBSCRIPTION", status: "PAUSED" },
  membership: { viewerId: "cat", scope: "MEMBERSHIP", institution: "uni-leiden" },
  institutionPays: { viewerId: "uni-leiden", scope: "INSTITUTION#SUBSCRIPTION", status: "ACTIVE" },
  institutionLicence: { viewerId: "uni-leiden", scope: `INSTITUTION#LICENCE#${NIGHT}` },
  institutionCollection: { viewerId: "uni-leiden", scope: "INSTITUTION#COLLECTION#noir" },
};

let tables: DynamoTables;
beforeAll(async () => {
  tables = await startDynamoTables();
  const client = documentClient(tables.client);
  for (const Item of Object.values(ITEMS)) await client.send(new PutCommand({ TableName: "entitlements", Item }));
});
afterAll(() => tables.stop());

const read = (...args: Parameters<ReturnType<typeof entitlementsTable>>) =>
  entitlementsTable(documentClient(tables.client), "entitlements")(...args);

test("a viewer's subscription and licences for the title and its collection are found, and nobody else's", async () => {
  const { subscription, licence, collection } = ITEMS;
  expect(await read("ann", NIGHT, "noir")).toEqual({ subscription, licence, collectionLicence: collection });
  expect(await read("ann", NIGHT, "western")).toEqual({ subscription, licence });
  expect(await read("ann", NIGHT)).toEqual({ subscription, licence });
  expect(await read("bob", NIGHT)).toEqual({ subscription: ITEMS.paused });
  expect(await read("eve", NIGHT)).toEqual({});
});

test("a member gets what the institution holds besides", async () => {
  expect(await read("cat", NIGHT, "noir")).toEqual({
    membership: ITEMS.membership,
    institution: {
      subscription: ITEMS.institutionPays,
      licence: ITEMS.institutionLicence,
      collectionLicence: ITEMS.institutionCollection,
    },
  });
});

test("a token whose subject is an institution's id gets nothing of the institution's", async () => {
  expect(await read("uni-leiden", NIGHT, "noir")).toEqual({});
});

test("every read is consistent, so that a lapse counts at once", async () => {
  const client = documentClient(tables.client);
  const sent: unknown[] = [];
  const send = client.send.bind(client);
  client.send = ((command: { input: { ConsistentRead?: boolean } }) => {
    sent.push(command.input.ConsistentRead);
    return send(command as never);
  }) as typeof client.send;
  await entitlementsTable(client, "entitlements")("cat", NIGHT, "noir");
  expect(sent).toEqual(Array.from({ length: 7 }, () => true));
});
