import { GetCommand } from "@aws-sdk/lib-dynamodb";
import { documentClient } from "../../../handlers/shared/make-catalogue";
import { sessionsTable } from "../../../handlers/shared/sessions-table";
import { type DynamoTables, startDynamoTables } from "../support/dynamo-tables";

let tables: DynamoTables;
beforeAll(async () => {
  tables = await startDynamoTables();
});
afterAll(() => tables.stop());

const sessions = () => sessionsTable(documentClient(tables.client), "sessions");
const ask = (viewerId: string, session: string, now = 1000) => ({ viewerId, session, limit: 2, now, until: now + 300 });
const itemOf = async (viewerId: string) =>
  (await documentClient(tables.client).send(new GetCommand({ TableName: "sessions", Key: { viewerId } }))).Item;

test("a slot is taken, renewed and given up on the viewer's one item, which expires with its last slot", async () => {
  expect(await sessions().take(ask("ann", "session-a"))).toBe("held");
  expect(await itemOf("ann")).toEqual({
    viewerId: "ann",
    slots: { "session-a": { since: 1000, until: 1300 } },
    expiresAt: 2,
    revision: 1,
  });
  expect(await sessions().take(ask("ann", "session-a", 1100))).toBe("held");
  await sessions().end(ask("ann", "session-a", 1150));
  expect(await itemOf("ann")).toMatchObject({
    slots: { "session-a": { since: 1000, until: 1450, ended: true } },
    revision: 3,
  });
  await sessions().end(ask("ann", "session-a", 1200));
  expect(await itemOf("ann")).toMatchObject({ revision: 3 });
});

test("of many sessions that ask at once, as many get a slot as there are", async () => {
  const asked = ["a", "b", "c", "d"].map((session) => sessions().take(ask("bob", session)));
  const outcomes = await Promise.all(asked);
  expect(outcomes.sort()).toEqual(["exhausted", "exhausted", "held", "held"]);
});

test("viewers do not share slots", async () => {
  await Promise.all([sessions().take(ask("cat", "a")), sessions().take(ask("cat", "b"))]);
  expect(await sessions().take(ask("dan", "c"))).toBe("held");
});

test("a refusal writes nothing", async () => {
  for (const session of ["a", "b"]) await sessions().take(ask("eve", session));
  const before = await itemOf("eve");
  expect(await sessions().take(ask("eve", "c"))).toBe("exhausted");
  expect(await itemOf("eve")).toEqual(before);
});

test("an item that changes under every write is given up on, so that the request fails readably", async () => {
  const client = documentClient(tables.client);
  const send = client.send.bind(client);
  let rounds = 0;
  client.send = (async (command: object) => {
    const answer = await send(command as never);
    if (command instanceof GetCommand) {
      rounds += 1;
      const { Item } = answer as { Item?: { revision?: number } };
      return { Item: { ...Item, revision: 99 } };
    }
    return answer;
  }) as typeof client.send;
  await expect(sessionsTable(client, "sessions").take(ask("fay", "a"))).rejects.toThrow(
    new Error("Sessions table sessions: a viewer's item changed under 8 writes in a row; try again later"),
  );
  expect(rounds).toBe(8);
});
