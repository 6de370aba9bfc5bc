import { MediaPlayer, type MediaPlayerClass, type Representation } from "dashjs";
import { asRecord } from "../read";
import type { Choice, Rendition } from "../rendition";
import { failureOf, type CaptionTrack, type Engine, type EngineEvents } from "./engine";

/** DASH by dash.js. */
export function startDash(video: HTMLVideoElement, url: string, events: EngineEvents, startAt: number): Engine {
  const player = MediaPlayer().create();
  player.initialize();
  player.updateSettings({
    debug: { logLevel: 0 },
    streaming: {
      buffer: { fastSwitchEnabled: true },
      abr: { limitBitrateByPortal: false },
      text: { defaultEnabled: false },
      utcSynchronization: { enabled: false }, // on-demand titles need no clock, and it would call a time server
    },
  });
  player.setXHRWithCredentialsForType("", true); // every kind of request carries the signed cookie
  report(player, events);
  player.attachView(video);
  player.attachSource(url, startAt);
  return {
    name: "dash.js",
    choose: (choice: Choice) => {
      player.updateSettings({ streaming: { abr: { autoSwitchBitrate: { video: choice === "auto" } } } });
      if (choice !== "auto") player.setRepresentationForTypeById("video", choice, true);
    },
    caption: (index) => {
      player.enableText(index !== undefined);
      player.setTextTrack(index ?? -1);
    },
    throughput: () => {
      const kbits = player.getAverageThroughput("video");
      return Number.isFinite(kbits) && kbits > 0 ? kbits * 1000 : undefined;
    },
    recover: (failed) => {
      if (failed) player.attachSource(url, video.currentTime); // else its own retries get through
    },
    destroy: () => player.destroy(),
  };
}

function report(player: MediaPlayerClass, events: EngineEvents): void {
  let manifestSeen = false;
  let failed = false;
  let lastStatus = 0;
  player.addResponseInterceptor((response) => {
    const status = response.status ?? 0;
    if (status > 0) events.onAnswer(status, asHeader(response.headers, "x-cache"));
    lastStatus = status;
    return Promise.resolve(response);
  });
  player.on(MediaPlayer.events.STREAM_INITIALIZED, () => {
    if (manifestSeen) return;
    manifestSeen = true;
    events.onManifest(player.getRepresentationsByType("video").map(toRendition));
  });
  player.on(MediaPlayer.events.QUALITY_CHANGE_RENDERED, ({ mediaType, newRepresentation }) => {
    if (mediaType === "video") events.onRendition(toRendition(newRepresentation));
  });
  player.on(MediaPlayer.events.TEXT_TRACKS_ADDED, ({ tracks }) => events.onCaptions(tracks.map(toCaption)));
  player.on(MediaPlayer.events.PLAYBACK_PLAYING, () => {
    failed = false;
    const shown = player.getCurrentRepresentationForType("video"); // the first one renders without a change event
    if (shown) events.onRendition(toRendition(shown));
  });
  player.on(MediaPlayer.events.ERROR, ({ error }) => {
    if (failed) return; // dash.js reports a refusal once for video and once for audio
    failed = true;
    const { code, message } = asRecord(error) ?? {};
    const status = statusIn(asRecord(error)) ?? (lastStatus >= 400 ? lastStatus : undefined);
    const network = NETWORK_CODES.has(Number(code));
    const what = typeof message === "string" ? message : "no reason given";
    const detail = `error ${typeof code === "number" ? code : "without a code"}: ${what.slice(0, 160)}`;
    events.onFailure(network ? failureOf(status, detail) : { kind: "media", detail });
  });
}

/** dash.js's codes for what did not load: manifest, xlink, fragment, and their download errors. */
const NETWORK_CODES = new Set([11, 12, 17, 18, 25, 26, 27, 28, 29]);

function toRendition({ id, width, height, bandwidth }: Representation): Rendition {
  return { id, width, height, bitrate: bandwidth };
}

function toCaption(track: { lang?: string | null; labels?: { text?: string }[] }, index: number): CaptionTrack {
  return { index, label: track.labels?.[0]?.text ?? track.lang ?? "Captions" };
}

function asHeader(headers: unknown, name: string): string | null {
  const value = headers instanceof Headers ? headers.get(name) : asRecord(headers)?.[name];
  return typeof value === "string" ? value : null;
}

function statusIn(error: Readonly<Record<string, unknown>> | undefined): number | undefined {
  const status = asRecord(asRecord(error?.data)?.response)?.status;
  return typeof status === "number" ? status : undefined;
}
