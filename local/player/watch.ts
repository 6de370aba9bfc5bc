import type { Api } from "./api";
import { bufferAhead } from "./buffer";
import { chooseEngine, type Support } from "./engines/choose-engine";
import { loadEngine } from "./engines/load-engine";
import { downloadAddress } from "./download";
import { createJournal, type Journal } from "./journal";
import { MEDIA_EVENTS } from "./media-state";
import { freeSlot, mintPlayback } from "./mint";
import { PlaybackController } from "./playback";
import { playingSession } from "./playing-session";
import type { QualityReporter, ReporterDeps } from "./quality/reporter";
import type { Action } from "./shortcut";
import type { Snapshot } from "./snapshot";
import { tryWithoutCookie } from "./uncookied";
import { byId, setText } from "./view/dom";
import { createDownloadView } from "./view/download-view";
import { showEntry } from "./view/journal-view";
import { createQualityView } from "./view/quality-view";
import { createWatchView } from "./view/watch-view";

const SAMPLE_MS = 500;
const STEP_SECONDS = 10;

export interface Watch {
  open(assetId: string, name: string): void;
  /** The title's name, once it is known. */
  rename(name: string): void;
  close(): void;
  act(action: Exclude<Action, "leave">): void;
}

/** Begins to report what the viewer of a title experiences. */
export type StartReport = (title: Pick<ReporterDeps, "assetId" | "position">) => QualityReporter;

/** Ties the controller of one playback to the video element and the panels. */
export function createWatch(api: Api, onChange: (snapshot: Snapshot) => void, startReport?: StartReport): Watch {
  let controller: PlaybackController | undefined;
  let report: QualityReporter | undefined;
  /** An engine that goes takes the video's own with it. */
  let position = 0;
  let journal: Journal | undefined;
  let current: Snapshot | undefined;
  const view = createWatchView({
    onFormat: (format) => void controller?.setFormat(format),
    onCaption: (index) => controller?.caption(index),
    onRetry: () => void controller?.start(),
  });
  const quality = createQualityView((choice) => controller?.choose(choice));
  const download = createDownloadView((assetId) => downloadAddress(api, assetId));
  const { video } = view;

  for (const event of MEDIA_EVENTS) video.addEventListener(event, () => controller?.media(event));
  video.addEventListener("timeupdate", () => (position = video.currentTime));
  video.addEventListener("play", () => report?.requested());
  for (const event of ["seeking", "seeked"]) video.addEventListener(event, () => report?.seeking(event === "seeking"));
  // A page that is not seen may be ended without a word.
  document.addEventListener("visibilitychange", () => (document.hidden ? report?.flush() : undefined));
  setInterval(() => {
    if (controller) quality.sample(bufferAhead(video.buffered, video.currentTime), controller.throughput());
  }, SAMPLE_MS);
  // A page that is left frees its slot at once; one that comes back from the browser's memory starts again.
  addEventListener("pagehide", () => controller?.stop());
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) void controller?.start();
  });
  byId("try-without-cookie", HTMLButtonElement).addEventListener("click", () => void tryGate(current, journal));

  return {
    open(assetId, name) {
      this.close();
      view.open(name);
      report = startReport?.({ assetId, position: () => position });
      position = 0;
      journal = createJournal(() => performance.now(), showEntry);
      controller = new PlaybackController({
        newSession: () =>
          playingSession({
            id: crypto.randomUUID(),
            mint: (id) => mintPlayback(api, assetId, location.href, id),
            free: (id) => void freeSlot(api, assetId, id),
          }),
        engineFor: (url) => chooseEngine(url, support(video)),
        start: async (engine, url, events, startAt) => {
          const started = (await loadEngine(engine))(video, url, events, startAt);
          video.play().catch(() => report?.blocked()); // a browser that wants a click first shows its play button
          return started;
        },
        position: () => video.currentTime,
        now: () => performance.now(),
        schedule: (task, ms) => {
          const timer = setTimeout(task, ms);
          return () => clearTimeout(timer);
        },
        journal,
        onChange: (snapshot) => {
          current = snapshot;
          view.show(snapshot);
          quality.show(snapshot);
          download.show(snapshot);
          report?.show(snapshot);
          onChange(snapshot);
        },
      });
      void controller.start();
    },
    rename: (name) => view.rename(name),
    close() {
      controller?.stop();
      controller = undefined;
      report = undefined;
      if (document.fullscreenElement) void document.exitFullscreen();
      view.hide();
    },
    act: (action) => (action === "captions" ? view.toggleCaptions() : perform(action, video)),
  };
}

async function tryGate(snapshot: Snapshot | undefined, journal: Journal | undefined): Promise<void> {
  const url = snapshot?.playback?.manifests[snapshot.format ?? "hls"];
  if (!url) return;
  const target = byId("without-cookie", HTMLElement);
  setText(target, "Asking…");
  const { status, denied, sentence } = await tryWithoutCookie(fetch.bind(globalThis), url);
  setText(target, sentence);
  target.dataset.status = String(status);
  target.dataset.denied = String(denied);
  journal?.add("edge", `Without the cookie: ${sentence}`);
}

function support(video: HTMLVideoElement): Support {
  return {
    mse: "MediaSource" in globalThis || "ManagedMediaSource" in globalThis,
    nativeHls: video.canPlayType("application/vnd.apple.mpegurl") !== "",
  };
}

function perform(action: Exclude<Action, "leave" | "captions">, video: HTMLVideoElement): void {
  switch (action) {
    case "toggle-play":
      if (video.paused) video.play().catch(() => undefined);
      else video.pause();
      return;
    case "back":
      video.currentTime = Math.max(0, video.currentTime - STEP_SECONDS);
      return;
    case "forward":
      video.currentTime = Math.min(video.duration || 0, video.currentTime + STEP_SECONDS);
      return;
    case "mute":
      video.muted = !video.muted;
      return;
    case "fullscreen":
      void (document.fullscreenElement ? document.exitFullscreen() : video.requestFullscreen());
  }
}
