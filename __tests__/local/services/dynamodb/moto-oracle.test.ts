import { join } from "node:path";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";
import type { DynamoDbService } from "../../../../local/services/dynamodb/service";
import { tableDefinition } from "../../../../local/services/dynamodb/table-definition";
import { REGION, startTestGateway, testDeployment, type TestGateway } from "../../gateway/test-gateway";
import { hasMoto, startMoto, whenPresent, type Moto } from "../moto";
import { openDynamoDb, TITLES } from "./test-dynamodb";

type Step = (client: DynamoDBDocumentClient) => Promise<unknown>;

const TableName = TITLES.name;

async function outcome(step: Step, client: DynamoDBDocumentClient): Promise<unknown> {
  try {
    // moto tells the capacity without being asked.
    const { $metadata: _, ConsumedCapacity: __, ...answer } = (await step(client)) as Record<string, unknown>;
    return JSON.parse(JSON.stringify(answer));
  } catch (error) {
    return { refused: (error as Error).name };
  }
}

whenPresent("moto (python3 -m moto.server), the oracle for DynamoDB,", hasMoto())(
  "DynamoDB answers as moto does",
  () => {
    let gateway: TestGateway;
    let service: DynamoDbService;
    let moto: Moto;
    let [ours, oracle]: DynamoDBDocumentClient[] = [];
    beforeAll(async () => {
      [gateway, moto] = await Promise.all([startTestGateway(), startMoto()]);
      service = await openDynamoDb(join(gateway.directory, "db"));
      gateway.register(service);
      const credentials = { accessKeyId: "x", secretAccessKey: "x" };
      ours = DynamoDBDocumentClient.from(new DynamoDBClient({ ...gateway.client, maxAttempts: 1 }));
      oracle = DynamoDBDocumentClient.from(
        new DynamoDBClient({ region: REGION, endpoint: moto.endpoint, credentials, maxAttempts: 1 }),
      );
      const [table] = testDeployment({ "aws_dynamodb_table.catalogue": TITLES }).all("aws_dynamodb_table");
      await oracle.send(
        new CreateTableCommand(tableDefinition(table!) as ConstructorParameters<typeof CreateTableCommand>[0]),
      );
    }, 30_000);
    afterAll(async () => {
      ours?.destroy();
      oracle?.destroy();
      moto.stop();
      await service.stop();
      await gateway.stop();
    });

    const Key = { assetId: "t1" };
    const put =
      (Item: object, more: object = {}): Step =>
      (client) =>
        client.send(new PutCommand({ TableName, Item: Item as Record<string, unknown>, ...more }));
    const update =
      (input: Omit<UpdateCommandInput, "TableName" | "Key">): Step =>
      (client) =>
        client.send(new UpdateCommand({ TableName, Key, ...input }));
    const get: Step = (client) => client.send(new GetCommand({ TableName, Key }));

    it.each<[string, Step]>([
      ["get what is not there", get],
      [
        "put if new",
        put(
          { ...Key, status: "RECEIVED", updatedAt: 1, versions: {} },
          { ConditionExpression: "attribute_not_exists(assetId)" },
        ),
      ],
      [
        "put if new, again",
        put({ ...Key, status: "X", updatedAt: 1 }, { ConditionExpression: "attribute_not_exists(assetId)" }),
      ],
      ["get", get],
      [
        "add a version",
        update({
          UpdateExpression: "SET versions.#v = if_not_exists(versions.#v, :v), #s = :next",
          ConditionExpression: "#s IN (:a, :b) AND attribute_exists(assetId)",
          ExpressionAttributeNames: { "#v": "v1", "#s": "status" },
          ExpressionAttributeValues: {
            ":v": { job: "j", n: 1.5, list: [1, "two", null, true] },
            ":next": "TRANSCODING",
            ":a": "RECEIVED",
            ":b": "FAILED",
          },
          ReturnValues: "ALL_NEW",
        }),
      ],
      [
        "the same again is refused",
        update({
          UpdateExpression: "SET #s = :next",
          ConditionExpression: "#s = :a",
          ExpressionAttributeNames: { "#s": "status" },
          ExpressionAttributeValues: { ":next": "TRANSCODING", ":a": "RECEIVED" },
        }),
      ],
      [
        "remove, add and append",
        update({
          UpdateExpression:
            "REMOVE versions.v1.job SET versions.v1.#l = list_append(versions.v1.#l, :more) ADD hits :one",
          ExpressionAttributeNames: { "#l": "list" },
          ExpressionAttributeValues: { ":more": ["end"], ":one": 1 },
          ReturnValues: "UPDATED_NEW",
        }),
      ],
      [
        "set below what is not there",
        update({ UpdateExpression: "SET nothing.below = :x", ExpressionAttributeValues: { ":x": 1 } }),
      ],
      ["a reserved word", update({ UpdateExpression: "SET status = :x", ExpressionAttributeValues: { ":x": "y" } })],
      ["an unused value", update({ UpdateExpression: "SET a = :x", ExpressionAttributeValues: { ":x": 1, ":y": 2 } })],
      ["a key that is none", put({ title: "no key" })],
      [
        "a set and bytes",
        put({ assetId: "t2", status: "READY", updatedAt: 5, title: "two", tags: new Set(["b", "a"]) }),
      ],
      [
        "query the index",
        (client) =>
          client.send(
            new QueryCommand({
              TableName,
              IndexName: "by-status",
              KeyConditionExpression: "#s = :s AND updatedAt BETWEEN :from AND :to",
              ExpressionAttributeNames: { "#s": "status" },
              ExpressionAttributeValues: { ":s": "READY", ":from": 1, ":to": 9 },
            }),
          ),
      ],
      [
        "scan with a filter",
        (client) =>
          client.send(
            new ScanCommand({
              TableName,
              FilterExpression: "begins_with(assetId, :t) AND attribute_exists(versions)",
              ExpressionAttributeValues: { ":t": "t" },
            }),
          ),
      ],
      ["delete and show", (client) => client.send(new DeleteCommand({ TableName, Key, ReturnValues: "ALL_OLD" }))],
      ["delete what is gone", (client) => client.send(new DeleteCommand({ TableName, Key, ReturnValues: "ALL_OLD" }))],
      ["another table", (client) => client.send(new GetCommand({ TableName: "another", Key }))],
    ])("%s", async (_, step) => {
      expect(await outcome(step, ours!)).toEqual(await outcome(step, oracle!));
    });
  },
);
