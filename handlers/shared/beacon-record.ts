/**
 * One event of a playback as it is kept: a line of JSON, a row of Athena's table. Column and type; what an event has no
 * value of is left out. Nothing here tells a viewer: no name, no address, no id that outlives the playback.
 */
export const BEACON_COLUMNS = {
  /** When the API was told, ISO 8601: players' clocks are not asked. */
  received_at: "string",
  /** Made up by the player for one playback. */
  session_id: "string",
  /** Counts the session's events from 1, so that one which arrives twice is counted once. */
  event_number: "int",
  event: "string",
  asset_id: "string",
  protocol: "string",
  engine: "string",
  /** ISO 3166-1 alpha-2, as the edge found it. */
  country: "string",
  /** As the edge takes it from the player's `User-Agent`. */
  device: "string",
  /** Share of sessions that are asked to report, 0 to 1: counts are divided by it. */
  sample_share: "double",
  position_seconds: "double",
  startup_seconds: "double",
  watched_seconds: "double",
  rebuffers: "int",
  rebuffer_seconds: "double",
  /** Short side of the picture, e.g. 720. */
  rendition: "int",
  /** What was shown before. */
  previous_rendition: "int",
  code: "string",
  reason: "string",
} as const;

type Column = keyof typeof BEACON_COLUMNS;
type Value<C extends Column> = (typeof BEACON_COLUMNS)[C] extends "string" ? string : number;

export type BeaconRecord = { readonly [C in Column]?: Value<C> | undefined };

/** Folder of the log bucket, and what lies below it by hour in UTC. */
export const BEACON_FOLDER = "beacons";
