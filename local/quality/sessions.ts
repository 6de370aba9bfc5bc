import type { BeaconRecord } from "../../handlers/shared/beacon-record";

/** One playback, as far as its player has told. */
export interface SessionRow {
  readonly session: string;
  readonly title: string;
  /** When its first beacon came, ISO 8601. */
  readonly since: string;
  readonly protocol: string;
  readonly engine: string;
  readonly country: string;
  readonly device: string;
  /** Undefined until there is a picture. */
  readonly startupSeconds?: number;
  readonly watchedSeconds: number;
  readonly rebuffers: number;
  readonly rebufferSeconds: number;
  readonly switches: number;
  /** Short side of the last picture that was told. */
  readonly rendition?: number;
  readonly positionSeconds: number;
  readonly errors: readonly string[];
  /** How it ended; undefined while it may go on. */
  readonly end?: string;
}

/** What nobody told. */
export const UNKNOWN = "unknown";

/** Rows of the page: the newest playbacks. */
const SHOWN = 50;

export function sessionsOf(heard: readonly BeaconRecord[]): SessionRow[] {
  const sessions = new Map<string, SessionRow>();
  for (const record of heard) {
    const { session_id: session = "" } = record;
    sessions.set(session, told(sessions.get(session) ?? begun(record), record));
  }
  return [...sessions.values()].sort((one, other) => other.since.localeCompare(one.since)).slice(0, SHOWN);
}

function begun(record: BeaconRecord): SessionRow {
  const { session_id: session = "", asset_id: title = "", received_at: since = "" } = record;
  const { protocol = UNKNOWN, engine = UNKNOWN, country = UNKNOWN, device = UNKNOWN } = record;
  const nothing = { watchedSeconds: 0, rebuffers: 0, rebufferSeconds: 0, switches: 0, positionSeconds: 0, errors: [] };
  return { session, title, since, protocol, engine, country, device, ...nothing };
}

function told(row: SessionRow, record: BeaconRecord): SessionRow {
  const { event, code, reason, protocol = row.protocol, engine = row.engine, rendition = row.rendition } = record;
  return {
    ...row,
    protocol,
    engine,
    rendition,
    startupSeconds: record.startup_seconds ?? row.startupSeconds,
    watchedSeconds: row.watchedSeconds + (record.watched_seconds ?? 0),
    rebuffers: row.rebuffers + (record.rebuffers ?? 0),
    rebufferSeconds: row.rebufferSeconds + (record.rebuffer_seconds ?? 0),
    switches: row.switches + (event === "switch" ? 1 : 0),
    positionSeconds: record.position_seconds ?? row.positionSeconds,
    errors: code === undefined ? row.errors : [...row.errors, code],
    end: reason ?? row.end,
  };
}
