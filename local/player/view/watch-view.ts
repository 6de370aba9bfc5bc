import { FORMATS, type Format } from "../mint";
import { statusLine } from "../status-line";
import type { Snapshot } from "../snapshot";
import { byId, element, setText } from "./dom";
import { showProblem } from "./problem-view";

export interface WatchHandlers {
  onFormat(format: Format): void;
  onCaption(index: number | undefined): void;
  onRetry(): void;
}

export interface WatchView {
  readonly video: HTMLVideoElement;
  open(name: string): void;
  rename(name: string): void;
  show(snapshot: Snapshot): void;
  toggleCaptions(): void;
  hide(): void;
}

/** The stage: video, format, captions, and the curtain that tells why there is no picture. */
export function createWatchView({ onFormat, onCaption, onRetry }: WatchHandlers): WatchView {
  const view = byId("watch-view", HTMLElement);
  const video = byId("video", HTMLVideoElement);
  const curtain = byId("curtain", HTMLElement);
  const formats = byId("format-options", HTMLElement);
  const captions = byId("captions", HTMLFieldSetElement);
  const toggle = byId("captions-toggle", HTMLInputElement);
  const track = byId("caption-track", HTMLSelectElement);
  let last: Snapshot | undefined;

  formats.append(...FORMATS.map(formatOption));
  formats.addEventListener("change", (event) => {
    if (event.target instanceof HTMLInputElement) onFormat(event.target.value as Format);
  });
  const captionChange = (): void => onCaption(toggle.checked ? Number(track.value || 0) : undefined);
  toggle.addEventListener("change", captionChange);
  track.addEventListener("change", captionChange);
  byId("retry", HTMLButtonElement).addEventListener("click", onRetry);

  const showCaptions = (snapshot: Snapshot): void => {
    captions.hidden = snapshot.captions.length === 0;
    toggle.checked = snapshot.caption !== undefined;
    track.hidden = snapshot.captions.length < 2;
    if (snapshot.captions !== last?.captions)
      track.replaceChildren(
        ...snapshot.captions.map(({ index, label }) => element("option", { value: String(index) }, label)),
      );
    track.value = String(snapshot.caption ?? 0);
  };
  return {
    video,
    open(name) {
      view.hidden = false;
      this.rename(name);
      byId("watch-heading", HTMLElement).focus();
      setText(byId("without-cookie", HTMLElement), "");
      byId("journal", HTMLOListElement).replaceChildren();
    },
    rename(name) {
      setText(byId("watch-heading", HTMLElement), name);
      document.title = `${name} · Screening room`;
    },
    show(snapshot) {
      const over = snapshot.problem !== undefined;
      for (const input of formats.querySelectorAll("input")) {
        input.checked = input.value === snapshot.format;
        input.disabled = snapshot.playback !== undefined && !snapshot.playback.manifests[input.value as Format];
      }
      if (snapshot.playback?.poster && video.poster !== snapshot.playback.poster)
        video.poster = snapshot.playback.poster;
      if (snapshot.problem !== last?.problem) showProblem(byId("problem", HTMLElement), snapshot.problem);
      curtain.hidden = !over;
      video.inert = over; // nothing behind the curtain takes the focus
      byId("try-without-cookie", HTMLButtonElement).disabled = snapshot.playback === undefined;
      setText(byId("status", HTMLElement), statusLine(snapshot));
      showCaptions(snapshot);
      last = snapshot;
    },
    toggleCaptions() {
      if (captions.hidden) return;
      toggle.checked = !toggle.checked;
      captionChange();
    },
    hide() {
      view.hidden = true;
      document.title = "Screening room";
      video.removeAttribute("poster");
      last = undefined;
    },
  };
}

function formatOption(format: Format): HTMLLabelElement {
  const input = element("input", { type: "radio", name: "format", value: format, "data-testid": `format-${format}` });
  return element("label", { class: "segment" }, input, element("span", {}, format.toUpperCase()));
}
