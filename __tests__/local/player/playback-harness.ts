import type { Engine, EngineEvents } from "../../../local/player/engines/engine";
import { createJournal } from "../../../local/player/journal";
import type { Playback } from "../../../local/player/mint";
import { PlaybackController, type PlaybackDeps } from "../../../local/player/playback";
import { type Result } from "../../../local/player/result";
import { INITIAL, type Snapshot } from "../../../local/player/snapshot";

export const PLAYBACK: Playback = {
  assetId: "a",
  manifests: { hls: "https://cdn/v1/a/index.m3u8", dash: "https://cdn/v1/a/index.mpd" },
  refreshAfterSeconds: 180,
  holdsSlot: false,
};
export const LOW = { id: "0", width: 426, height: 240, bitrate: 400_000 };
export const HIGH = { id: "1", width: 1280, height: 720, bitrate: 3_000_000 };

/** A playback whose mint answers from a list, on an engine that writes down what it is asked. */
export function setUp(answers: Result<Playback>[], overrides: Partial<PlaybackDeps> = {}) {
  const clock = { now: 0, position: 0 };
  const log: string[] = [];
  const engines: EngineEvents[] = [];
  const sessions: string[] = [];
  let snapshot: Snapshot = INITIAL;
  const controller = new PlaybackController({
    newSession: () => {
      const index = sessions.push("playing") - 1;
      return {
        mint: async () => {
          const answer = answers.shift();
          if (!answer) throw new Error("mint was not expected");
          return answer;
        },
        leave: () => (sessions[index] = "left"),
      };
    },
    engineFor: (url) => (url.endsWith(".mpd") ? "dash.js" : "hls.js"),
    start: async (name, url, events, startAt): Promise<Engine> => {
      engines.push(events);
      log.push(`start ${name} ${url} at ${startAt}`);
      return {
        name,
        choose: (choice) => log.push(`choose ${choice}`),
        caption: (index) => log.push(`caption ${index}`),
        throughput: () => 5,
        recover: (failed) => log.push(`recover ${failed}`),
        destroy: () => log.push(`destroy ${name}`),
      };
    },
    position: () => clock.position,
    now: () => clock.now,
    schedule: () => () => undefined,
    journal: createJournal(
      () => clock.now,
      () => undefined,
    ),
    onChange: (next) => (snapshot = next),
    ...overrides,
  });
  const engine = (): EngineEvents => {
    const last = engines.at(-1);
    if (!last) throw new Error("no engine was started");
    return last;
  };
  return { controller, clock, log, engine, engines, sessions, snapshot: () => snapshot };
}

export const settled = (): Promise<void> => new Promise(setImmediate);
