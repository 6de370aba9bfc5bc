import type { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { SESSIONS } from "../../handlers/shared/tables";
import type { Statement } from "../shared/policy";
import type { StorageKey } from "../shared/storage-key";
import { ViewerTable } from "./viewer-table";

/**
 * Who plays what at the moment, where streams at a time are limited: one item a viewer. Apart from the entitlements,
 * which no function may write.
 */
export class Sessions extends ViewerTable {
  constructor(scope: Construct, id: string, environment: Environment, key: StorageKey) {
    super(scope, id, key, {
      table: "sessions",
      name: `vod-sessions-${environment.name}`,
      keys: [SESSIONS.key],
      hashKey: SESSIONS.key,
      ttl: { attributeName: SESSIONS.expiry, enabled: true },
    });
  }

  /** Permission to read and change a viewer's sessions. */
  items(): Statement[] {
    return this.byItem("GetItem", "UpdateItem");
  }
}
