import type { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { ENTITLEMENTS } from "../../handlers/shared/tables";
import type { Statement } from "../shared/policy";
import type { StorageKey } from "../shared/storage-key";
import { ViewerTable } from "./viewer-table";

/** What each viewer may watch: a subscription and licences, written by the business's own systems. */
export class Entitlements extends ViewerTable {
  constructor(scope: Construct, id: string, environment: Environment, key: StorageKey) {
    super(scope, id, key, {
      table: "entitlements",
      name: `vod-entitlements-${environment.name}`,
      keys: [ENTITLEMENTS.key, ENTITLEMENTS.sort],
      hashKey: ENTITLEMENTS.key,
      rangeKey: ENTITLEMENTS.sort,
      deletionProtectionEnabled: environment.name !== "local",
    });
  }

  /** Permission to read a viewer's entitlements, item by item. */
  items(): Statement[] {
    return this.byItem("GetItem");
  }
}
