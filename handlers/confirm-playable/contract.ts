/** Environment of `confirm-playable`; the function exists in topology `mediapackage` only. */
export type ConfirmPlayableEnv = Record<
  | "CATALOGUE_TABLE"
  /** `automatic` or `editor`, as for `register-asset`. */
  | "PUBLISH",
  string
>;
