import { PutCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Catalogue } from "../../../handlers/shared/catalogue";
import { dynamoCatalogue } from "../../../handlers/shared/dynamo-catalogue";
import { documentClient } from "../../../handlers/shared/make-catalogue";
import type { Title } from "../../../handlers/shared/title";
import { withVersion } from "../../../handlers/shared/title-changes";
import { type DynamoTables, startDynamoTables } from "../support/dynamo-tables";
import { NOW_ISO, title, version } from "../support/titles";

let tables: DynamoTables;
let client: DynamoDBDocumentClient;
let catalogue: Catalogue;
let count = 0;

beforeAll(async () => {
  tables = await startDynamoTables();
  client = documentClient(tables.client);
  catalogue = dynamoCatalogue(client, "catalogue");
});
afterAll(() => tables.stop());

const freshId = () => `night-${(count += 1).toString(16).padStart(12, "0")}`;
const put = (write: Title) => catalogue.change(write.assetId, () => ({ write, result: undefined }));

test("a title comes back as it was written, absent values left out at any depth", async () => {
  const written = title([version("1", { leaseUntil: undefined, durationSeconds: 1.5 })], { assetId: freshId() });
  await put(written);
  expect(await catalogue.read(written.assetId)).toEqual(JSON.parse(JSON.stringify(written)));
});

test("an unknown title is undefined, and a change that writes nothing creates nothing", async () => {
  const assetId = freshId();
  expect(await catalogue.change(assetId, (found) => ({ result: found }))).toBeUndefined();
  expect(await catalogue.read(assetId)).toBeUndefined();
});

test("reads are strongly consistent: an event may follow the write it is about by milliseconds", async () => {
  const inputs: unknown[] = [];
  const send = (command: { input: unknown }) => Promise.resolve(inputs.push(command.input) ? {} : undefined);
  await dynamoCatalogue({ send } as unknown as DynamoDBDocumentClient, "catalogue").read("a-0123456789ab");
  expect(inputs).toEqual([{ TableName: "catalogue", Key: { assetId: "a-0123456789ab" }, ConsistentRead: true }]);
});

test("what the next state does not hold is removed", async () => {
  const assetId = freshId();
  const waiting = withVersion(title([version("1")], { assetId }), version("1"), { status: "PACKAGING" }, NOW_ISO);
  await put(waiting);
  expect(await idsOfWaiting()).toContain(assetId);
  await put({ ...waiting, packagingState: undefined, packagingSince: undefined });
  expect(await idsOfWaiting()).not.toContain(assetId);
});

test("concurrent changes of one title all happen, one after the other", async () => {
  const assetId = freshId();
  const names = ["1", "2", "3", "4"];
  await Promise.all(
    names.map((name) =>
      catalogue.change(assetId, (found) => {
        const before = found ?? title([], { assetId });
        return { write: { ...before, versions: { ...before.versions, [name]: version(name) } }, result: undefined };
      }),
    ),
  );
  expect(Object.keys((await catalogue.read(assetId))?.versions ?? {}).sort()).toEqual(names);
});

test("a decision is taken again on what another writer left", async () => {
  const assetId = freshId();
  await put(title([version("1")], { assetId }));
  const seen: (string | undefined)[] = [];
  const result = await catalogue.change(assetId, (found) => {
    seen.push(found?.title);
    return { write: found && { ...found, title: `${found.title}!` }, result: found?.title };
  });
  expect([seen, result]).toEqual([["night"], "night"]);

  const racing = racingClient(async () => put(title([version("1")], { assetId, title: "moved" })));
  const again: (string | undefined)[] = [];
  await dynamoCatalogue(racing, "catalogue").change(assetId, (found) => {
    again.push(found?.title);
    return { write: found && { ...found, title: `${found.title}?` }, result: undefined };
  });
  expect(again).toEqual(["night!", "moved"]);
  expect((await catalogue.read(assetId))?.title).toBe("moved?");
});

test("a title that never stands still is given up with a message", async () => {
  const assetId = freshId();
  await put(title([version("1")], { assetId }));
  const restless = racingClient(() => put(title([version("1")], { assetId })), Number.POSITIVE_INFINITY);
  const change = dynamoCatalogue(restless, "catalogue").change(assetId, (found) => ({ write: found, result: 1 }));
  await expect(change).rejects.toThrow(
    new Error(`Catalogue table catalogue: title ${assetId} changed under 8 writes in a row; try again later`),
  );
});

test("an item that was put there by hand can be changed", async () => {
  const assetId = freshId();
  await client.send(new PutCommand({ TableName: "catalogue", Item: title([version("1")], { assetId }) }));
  await catalogue.change(assetId, (found) => ({ write: found && { ...found, title: "by hand" }, result: undefined }));
  expect((await catalogue.read(assetId))?.title).toBe("by hand");
});

test("published titles are listed newest first, in pages, with what viewers may see and no more", async () => {
  for (const day of ["01", "03", "02"]) {
    const published = {
      publishState: "PUBLISHED",
      publishedAt: `2031-01-${day}T00:00:00.000Z`,
      poster: "/p.jpg",
    } as const;
    await put(title([version("1")], { assetId: `list-${day}-0123456789ab`, durationSeconds: 9, ...published }));
  }
  await put(
    title([version("1")], { assetId: freshId(), publishState: "WITHDRAWN", publishedAt: "2032-01-01T00:00:00.000Z" }),
  );
  const first = await catalogue.published(2);
  expect(first.items).toEqual([
    {
      assetId: "list-03-0123456789ab",
      title: "night",
      publishedAt: "2031-01-03T00:00:00.000Z",
      poster: "/p.jpg",
      durationSeconds: 9,
    },
    {
      assetId: "list-02-0123456789ab",
      title: "night",
      publishedAt: "2031-01-02T00:00:00.000Z",
      poster: "/p.jpg",
      durationSeconds: 9,
    },
  ]);
  const second = await catalogue.published(2, first.next);
  expect(second.items.map((item) => item.assetId)).toEqual(["list-01-0123456789ab"]);
  expect(second.next).toBeUndefined();
});

test("titles that wait for MediaPackage come longest waiting first", async () => {
  const ids = ["2029-01-03", "2029-01-01", "2029-01-02"].map((day) => ({ assetId: freshId(), packagingSince: day }));
  for (const entry of ids) await put(title([version("1")], { ...entry, packagingState: "WAITING" }));
  const known = ids.map(({ assetId }) => assetId);
  expect((await idsOfWaiting()).filter((id) => known.includes(id))).toEqual([known[1], known[2], known[0]]);
});

test("all titles that wait are found, however many pages they fill", async () => {
  const pages = [["a", "b"], ["c"]];
  const asked: unknown[] = [];
  const send = ({ input }: { input: { ExclusiveStartKey?: unknown } }) => {
    asked.push(input.ExclusiveStartKey);
    const Items = pages[asked.length - 1]?.map((assetId) => ({ assetId }));
    return Promise.resolve({ Items, LastEvaluatedKey: asked.length < pages.length ? { assetId: "b" } : undefined });
  };
  const paged = dynamoCatalogue({ send } as unknown as DynamoDBDocumentClient, "catalogue");
  expect(await idsOfWaiting(paged)).toEqual(["a", "b", "c"]);
  expect(asked).toEqual([undefined, { assetId: "b" }]);
});

async function idsOfWaiting(from = catalogue): Promise<string[]> {
  const ids: string[] = [];
  for await (const assetId of from.packaging()) ids.push(assetId);
  return ids;
}

/** Lets another writer in between the read and the write, `times` times. */
function racingClient(other: () => Promise<unknown>, times = 1): DynamoDBDocumentClient {
  let left = times;
  const send = async (command: { constructor: { name: string } }) => {
    if (command.constructor.name === "UpdateCommand" && left > 0) {
      left -= 1;
      await other();
    }
    return client.send(command as never);
  };
  return { send } as unknown as DynamoDBDocumentClient;
}
