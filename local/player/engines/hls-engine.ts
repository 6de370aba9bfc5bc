import Hls, { ErrorTypes, Events, type ErrorData, type Level, type LoadPolicy, type RetryConfig } from "hls.js";
import workerSource from "hls-worker-source";
import type { Choice, Rendition } from "../rendition";
import { failureOf, type Engine, type EngineEvents, type Failure } from "./engine";

const DENIED_RETRIES = 3;

/** HLS by hls.js. Its worker comes from a blob, as the page's content security policy allows. */
export function startHls(video: HTMLVideoElement, url: string, events: EngineEvents, startAt: number): Engine {
  const workerPath = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
  const hls = new Hls({
    workerPath,
    xhrSetup: (xhr) => {
      xhr.withCredentials = true; // the signed cookie; harmless on the page's own origin, needed from another
    },
    startPosition: startAt > 0 ? startAt : -1,
    renderTextTracksNatively: true,
    playlistLoadPolicy: withPatience(Hls.DefaultConfig.playlistLoadPolicy),
    fragLoadPolicy: withPatience(Hls.DefaultConfig.fragLoadPolicy),
    capLevelToPlayerSize: false, // a reviewer wants to see every rendition, in a small window too
    backBufferLength: 60,
  });
  report(hls, events);
  hls.loadSource(url);
  hls.attachMedia(video);
  return {
    name: "hls.js",
    choose: (choice: Choice) => {
      hls.nextLevel = choice === "auto" ? -1 : Number(choice); // from the next segment on, without a pause
    },
    caption: (index) => {
      hls.subtitleTrack = index ?? -1;
      hls.subtitleDisplay = index !== undefined;
    },
    throughput: () => (Number.isFinite(hls.bandwidthEstimate) ? hls.bandwidthEstimate : undefined),
    recover: (failed) => {
      if (!failed) return; // its own retries get through
      if (hls.levels.length === 0) hls.loadSource(url);
      else hls.startLoad(video.currentTime, true);
    },
    destroy: () => {
      hls.destroy();
      URL.revokeObjectURL(workerPath);
    },
  };
}

/**
 * Asks again after the edge's 403, a second later: by then the cookie is renewed. Without it hls.js takes every
 * rendition for broken in turn, and leaps over the segment.
 */
function withPatience({ default: policy }: LoadPolicy): LoadPolicy {
  const retry = policy.errorRetry ?? { maxNumRetry: 3, retryDelayMs: 1000, maxRetryDelayMs: 8000 };
  const shouldRetry: RetryConfig["shouldRetry"] = (_config, count, _timeout, response, usual) =>
    usual || (response?.code === 403 && count < DENIED_RETRIES);
  return { default: { ...policy, errorRetry: { ...retry, shouldRetry } } };
}

function report(hls: Hls, events: EngineEvents): void {
  let mediaRecoveries = 0;
  hls.on(Events.MANIFEST_LOADED, (_, { networkDetails }) => answered(events, networkDetails));
  hls.on(Events.MANIFEST_PARSED, (_, { levels }) => events.onManifest(levels.map(toRendition)));
  hls.on(Events.LEVEL_SWITCHED, (_, { level }) => {
    const shown = hls.levels[level];
    if (shown) events.onRendition(toRendition(shown, level));
  });
  hls.on(Events.SUBTITLE_TRACKS_UPDATED, (_, { subtitleTracks }) =>
    events.onCaptions(subtitleTracks.map(({ name, lang }, index) => ({ index, label: name || lang || "Captions" }))),
  );
  hls.on(Events.LEVEL_LOADED, (_, { networkDetails }) => answered(events, networkDetails));
  hls.on(Events.FRAG_LOADED, (_, { networkDetails }) => answered(events, networkDetails));
  hls.on(Events.ERROR, (_, error) => {
    if (error.response?.code) events.onAnswer(error.response.code, xCacheOf(error.networkDetails));
    if (!error.fatal) return;
    if (error.type !== ErrorTypes.MEDIA_ERROR || mediaRecoveries >= 2) return events.onFailure(toFailure(error));
    mediaRecoveries += 1; // a decoder that stumbled: hls.js advises one or two fresh starts
    hls.recoverMediaError();
  });
}

function toRendition(level: Level, index: number): Rendition {
  return { id: String(index), width: level.width, height: level.height, bitrate: level.bitrate };
}

function toFailure({ type, details, response }: ErrorData): Failure {
  return type === ErrorTypes.NETWORK_ERROR ? failureOf(response?.code, details) : { kind: "media", detail: details };
}

function answered(events: EngineEvents, details: unknown): void {
  if (details instanceof XMLHttpRequest && details.status > 0) events.onAnswer(details.status, xCacheOf(details));
}

function xCacheOf(details: unknown): string | null {
  return details instanceof XMLHttpRequest ? details.getResponseHeader("x-cache") : null;
}
