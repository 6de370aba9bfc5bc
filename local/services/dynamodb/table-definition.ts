import { blocks, type Resource } from "../../terraform/deployment";

/** The input of CreateTable, as far as dynalite knows it. */
export interface TableDefinition {
  readonly TableName: string;
  readonly AttributeDefinitions: readonly { readonly AttributeName: string; readonly AttributeType: string }[];
  readonly KeySchema: KeySchema;
  readonly BillingMode: "PAY_PER_REQUEST";
  readonly GlobalSecondaryIndexes?: readonly IndexDefinition[];
  readonly LocalSecondaryIndexes?: readonly IndexDefinition[];
}

type KeySchema = readonly { readonly AttributeName: string; readonly KeyType: "HASH" | "RANGE" }[];

interface IndexDefinition {
  readonly IndexName: string;
  readonly KeySchema: KeySchema;
  readonly Projection: { readonly ProjectionType: string; readonly NonKeyAttributes?: readonly string[] };
}

type Values = Readonly<Record<string, unknown>>;

/** The table of an `aws_dynamodb_table`. Capacity is not emulated, so every table is billed on demand. */
export function tableDefinition({ values }: Resource): TableDefinition {
  const globals = blocks(values, "global_secondary_index").map((index) => indexDefinition(index, index.hash_key));
  const locals = blocks(values, "local_secondary_index").map((index) => indexDefinition(index, values.hash_key));
  return {
    TableName: String(values.name),
    AttributeDefinitions: blocks(values, "attribute").map(({ name, type }) => ({
      AttributeName: String(name),
      AttributeType: String(type),
    })),
    KeySchema: keySchema(values.hash_key, values.range_key),
    BillingMode: "PAY_PER_REQUEST",
    ...(globals.length > 0 ? { GlobalSecondaryIndexes: globals } : {}),
    ...(locals.length > 0 ? { LocalSecondaryIndexes: locals } : {}),
  };
}

function indexDefinition(index: Values, hashKey: unknown): IndexDefinition {
  const extra = Array.isArray(index.non_key_attributes) ? index.non_key_attributes.map(String) : [];
  return {
    IndexName: String(index.name),
    KeySchema: keySchema(hashKey, index.range_key),
    Projection: {
      ProjectionType: String(index.projection_type),
      ...(extra.length > 0 ? { NonKeyAttributes: extra } : {}),
    },
  };
}

function keySchema(hashKey: unknown, rangeKey: unknown): KeySchema {
  const hash = { AttributeName: String(hashKey), KeyType: "HASH" as const };
  const hasRange = typeof rangeKey === "string" && rangeKey !== "";
  return hasRange ? [hash, { AttributeName: rangeKey, KeyType: "RANGE" as const }] : [hash];
}

/** The keys of a table and its indexes as one text, to compare a stored table with a wanted one. */
export function keysOf(
  table: Pick<TableDefinition, "KeySchema" | "GlobalSecondaryIndexes" | "LocalSecondaryIndexes">,
): string {
  const key = (schema: KeySchema): string => schema.map(({ AttributeName }) => AttributeName).join("+");
  const indexes = [...(table.GlobalSecondaryIndexes ?? []), ...(table.LocalSecondaryIndexes ?? [])]
    .map(({ IndexName, KeySchema, Projection }) => {
      const projected = [Projection.ProjectionType, ...[...(Projection.NonKeyAttributes ?? [])].sort()].join(" ");
      return `${IndexName}: ${key(KeySchema)} (${projected})`;
    })
    .sort();
  return [key(table.KeySchema), ...indexes].join(", ");
}
