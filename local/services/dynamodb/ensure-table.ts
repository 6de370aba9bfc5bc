import { setTimeout as sleep } from "node:timers/promises";
import type { DynaliteEngine } from "./dynalite-engine";
import { keysOf, type TableDefinition } from "./table-definition";

type Description = TableDefinition & { readonly TableStatus: string };

/** dynalite activates a table in the next turns of the event loop. */
const POLL_MS = 5;

/** Makes a table unless it is there; one that is there with other keys is refused, since its items would not fit. */
export async function ensureTable(engine: DynaliteEngine, wanted: TableDefinition, directory: string): Promise<void> {
  const existing = await describe(engine, wanted.TableName);
  if (existing && keysOf(existing) !== keysOf(wanted)) {
    throw new Error(
      `dynamodb: table ${wanted.TableName} in ${directory} has the keys ${keysOf(existing)}, the stack wants ${keysOf(wanted)}; delete the directory to begin anew`,
    );
  }
  if (!existing) await command(engine, "CreateTable", wanted);
  while ((await describe(engine, wanted.TableName))?.TableStatus !== "ACTIVE") await sleep(POLL_MS);
}

async function describe(engine: DynaliteEngine, name: string): Promise<Description | undefined> {
  const answer = await command(engine, "DescribeTable", { TableName: name }, "ResourceNotFoundException");
  return (answer as { readonly Table?: Description } | undefined)?.Table;
}

async function command(engine: DynaliteEngine, action: string, input: object, expected?: string): Promise<unknown> {
  const headers = {
    "content-type": "application/x-amz-json-1.0",
    "x-amz-target": `DynamoDB_20120810.${action}`,
    // dynalite asks for a signature's form, not for its truth.
    authorization: "AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=local",
    "x-amz-date": "20000101T000000Z",
  };
  const { status, body } = await engine.send(headers, Buffer.from(JSON.stringify(input)));
  const text = body.toString("utf8");
  if (status === 200) return JSON.parse(text);
  if (expected && text.includes(expected)) return undefined;
  throw new Error(`dynamodb: ${action} of ${JSON.stringify(input)} failed with ${status}: ${text}`);
}
