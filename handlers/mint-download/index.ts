import { jsonLog } from "../shared/log";
import { ENVIRONMENT_VARIABLE } from "../shared/metrics";
import { MINT_READERS, mintDeps } from "../shared/mint";
import { readEnv, type Reader, wholeNumber } from "../shared/read-env";
import type { MintDownloadEnv } from "./contract";
import { downloadRightsTable } from "./download-rights-table";
import { makeHandler } from "./handler";

/** An address cannot be withdrawn, so none outlives an hour. */
const MAX_ADDRESS_SECONDS = 3_600;

const readers = {
  ...MINT_READERS,
  ADDRESS_SECONDS: wholeNumber(1, MAX_ADDRESS_SECONDS),
} satisfies Record<keyof MintDownloadEnv, Reader<unknown>>;

const env = readEnv("mint-download", process.env, readers, ["API_ORIGIN_SECRET"]);
const { tables, deps } = mintDeps(
  env,
  jsonLog("mint-download", Date.now, console.log, process.env[ENVIRONMENT_VARIABLE]),
);

export const handler = makeHandler({
  ...deps,
  downloadRights: downloadRightsTable(tables, env.ENTITLEMENTS_TABLE),
  settings: { ...deps.settings, addressSeconds: env.ADDRESS_SECONDS },
});
