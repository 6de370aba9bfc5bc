import { join } from "node:path";
import {
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  TransactWriteItemsCommand,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { AwsError } from "../../../../local/kernel/aws-service";
import type { DynamoDbService } from "../../../../local/services/dynamodb/service";
import { startTestGateway, temporaryDirectory, type TestGateway } from "../../gateway/test-gateway";
import { ENTITLEMENTS, openDynamoDb, TITLES } from "./test-dynamodb";

const TableName = TITLES.name;
let gateway: TestGateway;
let service: DynamoDbService;
let client: DynamoDBDocumentClient;
const calls: string[] = [];
beforeAll(async () => {
  gateway = await startTestGateway();
  service = await openDynamoDb(join(gateway.directory, "db"), (_, action, resource) => {
    calls.push(`${action} ${resource}`);
    if (action === "dynamodb:DeleteItem") throw new AwsError("AccessDeniedException", "not you", 400);
  });
  gateway.register(service);
  client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...gateway.client, maxAttempts: 1 }));
});
afterAll(async () => {
  client.destroy();
  await service.stop();
  expect(gateway.defects).toEqual([]);
  await gateway.stop();
});

it("has the tables of the deployment, under its account and Region", async () => {
  expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual([TITLES.name, ENTITLEMENTS.name]);
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  const TableArn = `arn:aws:dynamodb:eu-west-1:000000000000:table/${TableName}`;
  expect(Table).toMatchObject({
    TableStatus: "ACTIVE",
    TableArn,
    KeySchema: [{ AttributeName: "assetId", KeyType: "HASH" }],
    BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
    GlobalSecondaryIndexes: [
      {
        IndexName: "by-status",
        IndexArn: `${TableArn}/index/by-status`,
        KeySchema: [
          { AttributeName: "status", KeyType: "HASH" },
          { AttributeName: "updatedAt", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["title"] },
      },
    ],
  });
});

it("of twenty conditional writes of one item one wins", async () => {
  const write = (owner: number) =>
    client.send(
      new PutCommand({
        TableName,
        Item: { assetId: "race", owner },
        ConditionExpression: "attribute_not_exists(assetId)",
      }),
    );
  const results = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => write(index)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  const lost = results.find(({ status }) => status === "rejected") as PromiseRejectedResult;
  expect(lost.reason).toMatchObject({
    name: "ConditionalCheckFailedException",
    message: "The conditional request failed",
  });
});

it("updates nested maps under conditions and queries the index in order", async () => {
  for (const [assetId, updatedAt] of [
    ["b", 2],
    ["a", 1],
    ["c", 3],
  ] as const) {
    await client.send(
      new PutCommand({ TableName, Item: { assetId, status: "READY", updatedAt, title: assetId, versions: {}, x: 1 } }),
    );
  }
  const { Attributes } = await client.send(
    new UpdateCommand({
      TableName,
      Key: { assetId: "a" },
      UpdateExpression: "SET versions.#v = :v, updatedAt = updatedAt + :n",
      ConditionExpression: "attribute_not_exists(versions.#v)",
      ExpressionAttributeNames: { "#v": "0055AA" },
      ExpressionAttributeValues: { ":v": { status: "TRANSCODING", stages: ["ü"] }, ":n": 10 },
      ReturnValues: "ALL_NEW",
    }),
  );
  expect(Attributes).toMatchObject({ updatedAt: 11, versions: { "0055AA": { status: "TRANSCODING", stages: ["ü"] } } });
  const query = new QueryCommand({
    TableName,
    IndexName: "by-status",
    KeyConditionExpression: "#s = :s",
    ExpressionAttributeNames: { "#s": "status" },
    ExpressionAttributeValues: { ":s": "READY" },
    ScanIndexForward: false,
  });
  expect((await client.send(query)).Items).toEqual([
    { assetId: "a", status: "READY", updatedAt: 11, title: "a" },
    { assetId: "c", status: "READY", updatedAt: 3, title: "c" },
    { assetId: "b", status: "READY", updatedAt: 2, title: "b" },
  ]);
});

it("authorises each table or index that a call names, before it acts", async () => {
  calls.length = 0;
  const arn = (table: string) => `arn:aws:dynamodb:eu-west-1:000000000000:table/${table}`;
  const keys = { ":s": "none" };
  await client.send(new GetCommand({ TableName, Key: { assetId: "a" } }));
  await client.send(
    new QueryCommand({
      TableName,
      IndexName: "by-status",
      KeyConditionExpression: "#s = :s",
      ExpressionAttributeNames: { "#s": "status" },
      ExpressionAttributeValues: keys,
    }),
  );
  const entitled = { viewer: "v", assetId: "a" };
  await client.send(
    new BatchWriteCommand({
      RequestItems: {
        [TableName]: [{ PutRequest: { Item: { assetId: "batch" } } }],
        [ENTITLEMENTS.name]: [{ PutRequest: { Item: entitled } }],
      },
    }),
  );
  const read = await client.send(new BatchGetCommand({ RequestItems: { [ENTITLEMENTS.name]: { Keys: [entitled] } } }));
  expect(read.Responses).toEqual({ [ENTITLEMENTS.name]: [entitled] });
  expect(calls).toEqual([
    `dynamodb:GetItem ${arn(TableName)}`,
    `dynamodb:Query ${arn(TableName)}/index/by-status`,
    `dynamodb:BatchWriteItem ${arn(TableName)}`,
    `dynamodb:BatchWriteItem ${arn(ENTITLEMENTS.name)}`,
    `dynamodb:BatchGetItem ${arn(ENTITLEMENTS.name)}`,
  ]);
  await expect(client.send(new DeleteCommand({ TableName, Key: { assetId: "a" } }))).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  expect((await client.send(new GetCommand({ TableName, Key: { assetId: "a" } }))).Item).toBeDefined();
});

it("refuses transactions, which it does not have", async () => {
  const transaction = new TransactWriteItemsCommand({
    TransactItems: [{ Put: { TableName, Item: { assetId: { S: "t" } } } }],
  });
  await expect(client.send(transaction)).rejects.toMatchObject({ name: "UnknownOperationException" });
});

it("keeps items over a restart and refuses a table whose keys have changed", async () => {
  const directory = temporaryDirectory();
  const first = await openDynamoDb(directory);
  gateway.register(first);
  await client.send(new PutCommand({ TableName, Item: { assetId: "kept", n: 1 } }));
  await first.stop();
  const second = await openDynamoDb(directory);
  gateway.register(second);
  expect((await client.send(new GetCommand({ TableName, Key: { assetId: "kept" } }))).Item).toEqual({
    assetId: "kept",
    n: 1,
  });
  await second.stop();
  await expect(openDynamoDb(directory, undefined, { ...TITLES, global_secondary_index: [] })).rejects.toThrow(
    new Error(
      `dynamodb: table ${TableName} in ${directory} has the keys assetId, by-status: status+updatedAt (INCLUDE title), the stack wants assetId; delete the directory to begin anew`,
    ),
  );
  await (await openDynamoDb(directory)).stop();
  gateway.register(service);
});
