import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { CATALOGUE } from "../../handlers/shared/tables";
import { allow, type Statement } from "./policy";
import type { StorageKey } from "./storage-key";

/** The catalogue: one item a title, its versions inside it. Every stage reads or writes it. */
export class Catalogue extends Construct {
  private readonly table: DynamodbTable;

  constructor(
    scope: Construct,
    id: string,
    environment: Environment,
    private readonly key: StorageKey,
  ) {
    super(scope, id);
    const { publishedIndex, packagingIndex, workIndex } = CATALOGUE;
    const indexes = [publishedIndex, packagingIndex, workIndex];
    const strings = [CATALOGUE.key, ...indexes.flatMap(({ key, sort }) => [key, sort])];
    this.table = new DynamodbTable(this, "catalogue", {
      name: `vod-catalogue-${environment.name}`,
      billingMode: "PAY_PER_REQUEST",
      hashKey: CATALOGUE.key,
      attribute: strings.map((name) => ({ name, type: "S" })),
      globalSecondaryIndex: [
        { ...index(publishedIndex), projectionType: "INCLUDE", nonKeyAttributes: [...publishedIndex.include] },
        { ...index(packagingIndex), projectionType: "KEYS_ONLY" },
        { ...index(workIndex), projectionType: "KEYS_ONLY" },
      ],
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
      deletionProtectionEnabled: environment.name !== "local",
    });
  }

  get tableName(): string {
    return this.table.name;
  }

  /** Permission for item actions on the table, and on nothing else. */
  items(...actions: ("GetItem" | "UpdateItem")[]): Statement[] {
    return [
      allow(
        actions.map((action) => `dynamodb:${action}`),
        [this.table.arn],
      ),
      this.key.through("dynamodb", "Decrypt"),
    ];
  }

  /** Permission to query one index. */
  index(name: string): Statement[] {
    return [allow(["dynamodb:Query"], [`${this.table.arn}/index/${name}`]), this.key.through("dynamodb", "Decrypt")];
  }
}

function index({ name, key, sort }: { name: string; key: string; sort: string }) {
  return { name, hashKey: key, rangeKey: sort };
}
