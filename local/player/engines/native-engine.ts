import { failureOf, type Engine, type EngineEvents } from "./engine";

/** HLS by the browser itself, where it has no Media Source: it chooses renditions alone and tells little about them. */
export function startNative(video: HTMLVideoElement, url: string, events: EngineEvents, startAt: number): Engine {
  const listeners = new AbortController();
  const on = (target: EventTarget, type: string, listener: () => void): void =>
    target.addEventListener(type, listener, { signal: listeners.signal });
  const shown = (): void =>
    events.onRendition({ id: "native", width: video.videoWidth, height: video.videoHeight, bitrate: 0 });
  const captions = (): void =>
    events.onCaptions([...video.textTracks].map(({ label, language }, index) => ({ index, label: label || language })));

  on(video, "loadedmetadata", () => {
    if (startAt > 0) video.currentTime = startAt;
    events.onManifest([]);
  });
  on(video, "resize", shown);
  on(video.textTracks, "addtrack", captions);
  on(video, "error", () => {
    const { code, message } = video.error ?? {};
    const detail = `MediaError ${code ?? "?"}: ${message ?? ""}`;
    // Safari does not tell the status; a source it could not load is treated as refused, which renews the cookie once.
    events.onFailure(code === 2 || code === 4 ? failureOf(403, detail) : { kind: "media", detail });
  });
  video.crossOrigin = "use-credentials";
  video.src = url;
  return {
    name: "native",
    choose: () => undefined,
    caption: (index) =>
      [...video.textTracks].forEach((track, at) => (track.mode = at === index ? "showing" : "disabled")),
    throughput: () => undefined,
    recover: () => {
      const at = video.currentTime;
      video.src = url;
      video.currentTime = at;
    },
    destroy: () => {
      listeners.abort();
      video.removeAttribute("src");
      video.load();
    },
  };
}
