/** Environment of `measure-backlog`. */
export type MeasureBacklogEnv = Record<
  | "CATALOGUE_TABLE"
  /** Name of the transcoding queue. */
  | "QUEUE_NAME"
  /** After so many minutes a version that is neither playable nor failed is stuck. */
  | "STUCK_AFTER_MINUTES",
  string
>;
