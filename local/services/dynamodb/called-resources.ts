/** Account and Region that ARNs are made with. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** ARNs of the tables or indexes that a call is authorised on; `*` where it names none. */
export function calledResources(input: unknown, place: Place): string[] {
  const { TableName, IndexName, RequestItems } = (input ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof TableName === "string") {
    const table = tableArn(TableName, place);
    return [typeof IndexName === "string" ? `${table}/index/${IndexName}` : table];
  }
  const batch = typeof RequestItems === "object" && RequestItems !== null ? Object.keys(RequestItems) : [];
  return batch.length > 0 ? batch.map((name) => tableArn(name, place)) : ["*"];
}

function tableArn(name: string, { account, region }: Place): string {
  return name.startsWith("arn:") ? name : `arn:aws:dynamodb:${region}:${account}:table/${name}`;
}
