import type { BeaconRecord } from "../../handlers/shared/beacon-record";
import { type SessionRow, sessionsOf, UNKNOWN } from "./sessions";

/** How often something was begun and how long it was watched, estimated where a sample reports. */
export interface Plays {
  readonly name: string;
  readonly plays: number;
  readonly watchedSeconds: number;
}

export interface StartUp {
  readonly protocol: string;
  readonly plays: number;
  /** Seconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface Rebuffering {
  readonly name: string;
  /** Of the time that viewers meant to watch, what they waited for in the middle of it; undefined where there is none. */
  readonly ratio?: number;
  readonly rebuffers: number;
  readonly watchedSeconds: number;
}

export interface PlaybackErrors {
  readonly code: string;
  readonly errors: number;
  readonly sessions: number;
}

/** What viewers experienced, by the definitions of the saved questions that Athena is asked. */
export interface Numbers {
  readonly sessions: readonly SessionRow[];
  readonly titles: readonly Plays[];
  readonly countries: readonly Plays[];
  readonly devices: readonly Plays[];
  readonly startUp: readonly StartUp[];
  readonly byRendition: readonly Rebuffering[];
  readonly byCountry: readonly Rebuffering[];
  readonly errors: readonly PlaybackErrors[];
}

/** `heard`: each event once. */
export function numbersOf(heard: readonly BeaconRecord[]): Numbers {
  return {
    sessions: sessionsOf(heard),
    titles: playsBy(heard, "asset_id"),
    countries: playsBy(heard, "country"),
    devices: playsBy(heard, "device"),
    startUp: startUpOf(heard),
    byRendition: rebufferingBy(heard, "rendition"),
    byCountry: rebufferingBy(heard, "country"),
    errors: errorsOf(heard),
  };
}

function playsBy(heard: readonly BeaconRecord[], column: "asset_id" | "country" | "device"): Plays[] {
  return [...grouped(heard, column)]
    .map(([name, records]) => ({
      name,
      plays: sum(records, ({ event, sample_share: share = 1 }) => (event === "start" ? 1 / share : 0)),
      watchedSeconds: sum(records, ({ watched_seconds: watched = 0, sample_share: share = 1 }) => watched / share),
    }))
    .sort((one, other) => other.watchedSeconds - one.watchedSeconds);
}

function startUpOf(heard: readonly BeaconRecord[]): StartUp[] {
  const starts = heard.filter(({ event }) => event === "start");
  return [...grouped(starts, "protocol")]
    .map(([protocol, records]) => {
      const seconds = records.map(({ startup_seconds: each = 0 }) => each).sort((one, other) => one - other);
      const [p50, p95, p99] = [percentile(seconds, 50), percentile(seconds, 95), percentile(seconds, 99)];
      return { protocol, plays: records.length, p50, p95, p99 };
    })
    .sort((one, other) => other.plays - one.plays);
}

/** The value that so many percent do not exceed; Athena's is approximate. */
function percentile(sorted: readonly number[], percent: number): number {
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}

function rebufferingBy(heard: readonly BeaconRecord[], column: "rendition" | "country"): Rebuffering[] {
  const played = heard.filter(({ event }) => event === "played");
  return [...grouped(played, column)]
    .map(([name, records]) => {
      const watchedSeconds = sum(records, ({ watched_seconds: seconds = 0 }) => seconds);
      const waited = sum(records, ({ rebuffer_seconds: seconds = 0 }) => seconds);
      const ratio = watchedSeconds + waited === 0 ? undefined : waited / (watchedSeconds + waited);
      return { name, ratio, rebuffers: sum(records, ({ rebuffers = 0 }) => rebuffers), watchedSeconds };
    })
    .sort((one, other) => (other.ratio ?? 0) - (one.ratio ?? 0));
}

function errorsOf(heard: readonly BeaconRecord[]): PlaybackErrors[] {
  const failed = heard.filter(({ event }) => event === "error");
  return [...grouped(failed, "code")]
    .map(([code, records]) => {
      const sessions = new Set(records.map(({ session_id: session }) => session)).size;
      return { code, errors: records.length, sessions };
    })
    .sort((one, other) => other.errors - one.errors);
}

function grouped(records: readonly BeaconRecord[], column: keyof BeaconRecord): Map<string, BeaconRecord[]> {
  const groups = new Map<string, BeaconRecord[]>();
  for (const record of records) {
    const name = String(record[column] ?? UNKNOWN);
    groups.set(name, [...(groups.get(name) ?? []), record]);
  }
  return groups;
}

function sum(records: readonly BeaconRecord[], of: (record: BeaconRecord) => number): number {
  return records.reduce((total, record) => total + of(record), 0);
}
