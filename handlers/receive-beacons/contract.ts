/** Environment of `receive-beacons`. */
export type ReceiveBeaconsEnv = Record<
  | "STREAM_NAME"
  /** Share of sessions that report, above 0 and up to 1. */
  | "SAMPLE_SHARE"
  /** As for `mint-playback`. */
  | "API_ORIGIN_SECRET",
  string
>;

export const BEACONS_ROUTE = "POST /api/beacons";
