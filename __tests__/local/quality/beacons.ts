import type { BeaconRecord } from "../../../handlers/shared/beacon-record";

/** Events of two playbacks of one title and one of another: made by hand, so that each figure can be worked out. */
const of = (session: string, about: BeaconRecord, ...events: BeaconRecord[]): BeaconRecord[] =>
  events.map((event, index) => ({
    received_at: `2026-01-02T03:04:0${index}.000Z`,
    session_id: session,
    event_number: index + 1,
    sample_share: 1,
    position_seconds: index * 10,
    ...about,
    ...event,
  }));

const HOME = {
  asset_id: "first-light-0123456789ab",
  country: "NL",
  device: "desktop",
  protocol: "hls",
  engine: "hls.js",
};
const AWAY = { ...HOME, country: "DE", device: "tv", protocol: "dash", engine: "dash.js", sample_share: 0.5 };

export const HEARD: readonly BeaconRecord[] = [
  ...of(
    "session-one-0000",
    HOME,
    { event: "start", startup_seconds: 1, rendition: 240 },
    { event: "played", watched_seconds: 30, rebuffers: 1, rebuffer_seconds: 10, rendition: 240 },
    { event: "switch", previous_rendition: 240, rendition: 720 },
    { event: "played", watched_seconds: 60, rebuffers: 0, rebuffer_seconds: 0, rendition: 720 },
    { event: "end", reason: "ended" },
  ),
  ...of(
    "session-two-0000",
    AWAY,
    { event: "start", startup_seconds: 3 },
    { event: "played", watched_seconds: 10, rebuffers: 0, rebuffer_seconds: 0, rendition: 720 },
    { event: "error", code: "NETWORK" },
    { event: "end", reason: "failed" },
  ),
  ...of("session-three-00", { ...HOME, asset_id: "other-0123456789ab" }, { event: "start", startup_seconds: 2 }),
];
