import { ASSET_ID } from "../shared/asset-id";
import type { BeaconRecord } from "../shared/beacon-record";
import { describeValue, isRecord } from "../shared/read-event";
import { ok, refused, type Result } from "../shared/result";
import { SESSION_ID } from "../shared/stream-slots";
import { type Fields, matching, number, oneOf, optional, problemsOf, wholeNumber } from "./field";

/** Bytes of a body; the firewall lets the API have no more either. */
export const MAXIMUM_BYTES = 8192;
export const MAXIMUM_EVENTS = 50;
/** Problems that an answer names: a body may have hundreds. */
const NAMED_PROBLEMS = 10;

const DAY = 24 * 3600;
/** Between two beacons lies a minute or so; more than this is a clock that jumped. */
const LONGEST = 2 * 3600;

const BATCH: Fields = {
  session: matching(SESSION_ID, "16 to 64 letters, digits, hyphens or underscores"),
  assetId: matching(ASSET_ID, "an id from the list of titles"),
  protocol: optional(oneOf("hls", "dash", "cmaf")),
  engine: optional(oneOf("hls.js", "dash.js", "native")),
  events: { allowed: `a list of 1 to ${MAXIMUM_EVENTS} events`, fits: isListOfEvents },
};

const COMMON: Fields = {
  number: wholeNumber(1, 1_000_000),
  event: { allowed: "known", fits: () => true },
  positionSeconds: number(0, 2 * DAY),
};

const RENDITION = wholeNumber(1, 10_000);

/** What each event says besides. */
const EVENTS: Readonly<Record<string, Fields>> = {
  start: { ...COMMON, startupSeconds: number(0, 600), rendition: optional(RENDITION) },
  played: {
    ...COMMON,
    watchedSeconds: number(0, LONGEST),
    rebuffers: wholeNumber(0, 1000),
    rebufferSeconds: number(0, LONGEST),
    rendition: optional(RENDITION),
  },
  switch: { ...COMMON, previousRendition: RENDITION, rendition: RENDITION },
  error: { ...COMMON, code: matching(/^[A-Z][A-Z0-9_]{0,39}$/, "a code of capitals, digits and underscores") },
  end: { ...COMMON, reason: oneOf("ended", "left", "failed") },
};

/** What the API knows of a batch, and its sender does not say. */
export interface Circumstances {
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly country: string | undefined;
  readonly device: string | undefined;
  readonly sampleShare: number;
}

/** Reads a batch of a player's events strictly: what is not known is refused, so that nothing else is ever kept. */
export function readBeacons(
  body: Readonly<Record<string, unknown>>,
  { receivedAt, country, device, sampleShare }: Circumstances,
): Result<BeaconRecord[]> {
  const events = isListOfEvents(body.events) ? body.events : [];
  const problems = [...problemsOf(body, "", BATCH), ...events.flatMap(problemsOfEvent)];
  if (problems.length > 0) {
    const more = problems.length - NAMED_PROBLEMS;
    return refused(problems.slice(0, NAMED_PROBLEMS).join("; ") + (more > 0 ? `; and ${more} more` : ""));
  }
  const { session, assetId, protocol, engine } = body as Readonly<Record<string, string>>;
  return ok(
    events.map((event) => ({
      received_at: receivedAt,
      session_id: session,
      event_number: event.number as number,
      event: event.event as string,
      asset_id: assetId,
      protocol,
      engine,
      country,
      device,
      sample_share: sampleShare,
      ...measured(event),
    })),
  );
}

function measured(event: Readonly<Record<string, unknown>>): BeaconRecord {
  const { positionSeconds, startupSeconds, watchedSeconds, rebufferSeconds } = event as Record<string, number>;
  const { rebuffers, rendition, previousRendition } = event as Record<string, number>;
  const { code, reason } = event as Record<string, string>;
  return {
    position_seconds: positionSeconds,
    startup_seconds: startupSeconds,
    watched_seconds: watchedSeconds,
    rebuffers,
    rebuffer_seconds: rebufferSeconds,
    rendition,
    previous_rendition: previousRendition,
    code,
    reason,
  };
}

function problemsOfEvent(event: Readonly<Record<string, unknown>>, index: number): string[] {
  const path = `events[${index}]`;
  const name = event.event;
  const fields = typeof name === "string" && Object.hasOwn(EVENTS, name) ? EVENTS[name] : undefined;
  if (fields) return problemsOf(event, path, fields);
  return [`${path}.event must be ${Object.keys(EVENTS).join(" or ")}, got ${describeValue(name)}`];
}

function isListOfEvents(value: unknown): value is Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) && value.length > 0 && value.length <= MAXIMUM_EVENTS && value.every(isRecord);
}
