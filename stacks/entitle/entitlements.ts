import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { ENTITLEMENTS } from "../../handlers/shared/tables";
import { allow, type Statement } from "../shared/policy";
import type { StorageKey } from "../shared/storage-key";

/** What each viewer may watch: a subscription and licences, written by the business's own systems. */
export class Entitlements extends Construct {
  private readonly table: DynamodbTable;

  constructor(
    scope: Construct,
    id: string,
    environment: Environment,
    private readonly key: StorageKey,
  ) {
    super(scope, id);
    this.table = new DynamodbTable(this, "entitlements", {
      name: `vod-entitlements-${environment.name}`,
      billingMode: "PAY_PER_REQUEST",
      hashKey: ENTITLEMENTS.key,
      rangeKey: ENTITLEMENTS.sort,
      attribute: [ENTITLEMENTS.key, ENTITLEMENTS.sort].map((name) => ({ name, type: "S" })),
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
      deletionProtectionEnabled: environment.name !== "local",
    });
  }

  get tableName(): string {
    return this.table.name;
  }

  /** Permission to read a viewer's entitlements, item by item. */
  items(): Statement[] {
    return [allow(["dynamodb:GetItem"], [this.table.arn]), this.key.through("dynamodb", "Decrypt")];
  }
}
