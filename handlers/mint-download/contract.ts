import type { MintEnv } from "../shared/mint-env";

/** Environment of `mint-download`. */
export type MintDownloadEnv = MintEnv &
  Record<
    /** Life of an address, whole seconds. */
    "ADDRESS_SECONDS",
    string
  >;
