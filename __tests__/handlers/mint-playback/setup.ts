import { generateKeyPairSync } from "node:crypto";
import { type Deps, makeHandler } from "../../../handlers/mint-playback/handler";
import type { Entitlements } from "../../../handlers/shared/entitlements";
import type { SlotOutcome } from "../../../handlers/shared/stream-slots";
import type { Title } from "../../../handlers/shared/title";
import { httpEvent, SECRET } from "../support/http-event";
import { recordedLog } from "../support/recorded-log";
import { ASSET, NOW, title, version } from "../support/titles";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
export const PLAYBACK = {
  prefix: "hash",
  hls: "/v1/hash/h/m/index.m3u8",
  dash: "/v1/hash/d/m/index.mpd",
  cmaf: "/v1/hash/c/m/index.m3u8",
};
export const PLAYING = title([version("20", { status: "PUBLISHED", playback: PLAYBACK, poster: "/posters/p.jpg" })], {
  playing: "20",
  publishState: "PUBLISHED",
  publishedAt: "2029-01-01T00:00:00.000Z",
});
export const SESSION = "f47ac10b-58cc-4372-a567-0e02b2c3d479";
export const ACTIVE: Entitlements = { subscription: { status: "ACTIVE" } };

/** What a mint is set to where a test does not say otherwise. */
export const SETTINGS: Deps["settings"] = {
  originSecret: SECRET,
  cdnOrigin: "https://cdn.example.com",
  signingKeyId: "K1",
  cookieSeconds: 300,
  bindViewerIp: "none",
  playerSite: "same-site",
  countries: { allowed: [], blocked: [] },
  concurrentStreams: 0,
  downloads: "none",
};

export function setup(
  found: Title | "unknown" = PLAYING,
  held: Entitlements = ACTIVE,
  settings: Partial<Deps["settings"]> = {},
  slot?: SlotOutcome,
) {
  const { log, codes, entries } = recordedLog();
  const asked: string[] = [];
  const handler = makeHandler({
    catalogue: { read: (id) => Promise.resolve(asked.push(id) && found !== "unknown" ? found : undefined) },
    entitlements: (...of) => Promise.resolve(asked.push(of.filter((part) => part !== undefined).join("/")) ? held : {}),
    sessions: {
      take: (ask) => {
        asked.push(JSON.stringify(ask));
        return slot ? Promise.resolve(slot) : Promise.reject(new Error("no slot was expected to be taken"));
      },
    },
    signingKey: () => Promise.resolve(privateKey),
    now: () => NOW,
    log,
    settings: { ...SETTINGS, ...settings },
  });
  const post = (more: Parameters<typeof httpEvent>[1] = {}) =>
    handler(httpEvent("POST /play/{assetId}", { path: { assetId: ASSET }, ...more }));
  return { handler, post, codes, entries, asked };
}
export const codeOf = (answer: { statusCode: number; body: string }) => [
  answer.statusCode,
  (JSON.parse(answer.body) as { error?: string }).error,
];
