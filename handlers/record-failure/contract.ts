/** Environment of `record-failure`. */
export type RecordFailureEnv = Record<"CATALOGUE_TABLE", string>;
