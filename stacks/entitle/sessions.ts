import { DynamodbTable } from "@cdktf/provider-aws/lib/dynamodb-table";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { SESSIONS } from "../../handlers/shared/tables";
import { allow, type Statement } from "../shared/policy";
import type { StorageKey } from "../shared/storage-key";

/**
 * Who plays what at the moment, where streams at a time are limited: one item a viewer. Apart from the entitlements,
 * which no function may write.
 */
export class Sessions extends Construct {
  private readonly table: DynamodbTable;

  constructor(
    scope: Construct,
    id: string,
    environment: Environment,
    private readonly key: StorageKey,
  ) {
    super(scope, id);
    this.table = new DynamodbTable(this, "sessions", {
      name: `vod-sessions-${environment.name}`,
      billingMode: "PAY_PER_REQUEST",
      hashKey: SESSIONS.key,
      attribute: [{ name: SESSIONS.key, type: "S" }],
      ttl: { attributeName: SESSIONS.expiry, enabled: true },
      pointInTimeRecovery: { enabled: true },
      serverSideEncryption: { enabled: true, kmsKeyArn: key.arn },
    });
  }

  get tableName(): string {
    return this.table.name;
  }

  /** Permission to read and change a viewer's sessions. */
  items(): Statement[] {
    return [
      allow(["dynamodb:GetItem", "dynamodb:UpdateItem"], [this.table.arn]),
      this.key.through("dynamodb", "Decrypt"),
    ];
  }
}
