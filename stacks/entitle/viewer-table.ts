import { DynamodbTable, type DynamodbTableConfig } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import { allow, type Statement } from "../shared/policy";
import type { StorageKey } from "../shared/storage-key";

export interface ViewerTableProps extends Omit<DynamodbTableConfig, "attribute"> {
  /** Its name in addresses. */
  readonly table: string;
  /** Attributes that the keys are made of, all of them text. */
  readonly keys: readonly string[];
}

/** A table with items by viewer: paid by the request, recoverable to the second, encrypted with the platform's key. */
export abstract class ViewerTable extends Construct {
  private readonly table: DynamodbTable;

  protected constructor(
    scope: Construct,
    id: string,
    private readonly key: StorageKey,
    { table, keys, ...props }: ViewerTableProps,
  ) {
    super(scope, id);
    this.table = new DynamodbTable(this, table, {
      billingMode: "PAY_PER_REQUEST",
      attribute: keys.map((name) => ({ name, type: "S" })),
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
      ...props,
    });
  }

  get tableName(): string {
    return this.table.name;
  }

  /** Permission to act on the items of single viewers. */
  protected byItem(...actions: ("GetItem" | "UpdateItem")[]): Statement[] {
    const use = actions.map((action) => `dynamodb:${action}`);
    return [allow(use, [this.table.arn]), this.key.through("dynamodb", "Decrypt")];
  }
}
