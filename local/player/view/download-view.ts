import type { Result } from "../result";
import type { Snapshot } from "../snapshot";
import { byId, element } from "./dom";
import { showProblem } from "./problem-view";

export interface DownloadView {
  show(snapshot: Snapshot): void;
}

/** The button that keeps a title's file, where there is one; `ask` gives the file's address. */
export function createDownloadView(ask: (assetId: string) => Promise<Result<string>>): DownloadView {
  const button = byId("download", HTMLButtonElement);
  const alert = byId("download-problem", HTMLElement);
  let assetId: string | undefined;

  button.addEventListener("click", () => {
    if (assetId === undefined) return;
    button.disabled = true;
    void ask(assetId).then((address) => {
      button.disabled = false;
      showProblem(alert, address.ok ? undefined : address.problem);
      if (address.ok) save(address.value);
    });
  });
  return {
    show({ playback }) {
      if (playback?.assetId !== assetId) showProblem(alert, undefined);
      assetId = playback?.assetId;
      button.hidden = playback?.hasDownload !== true;
    },
  };
}

/** By the browser's own download, which can pause and go on; under the title's name. */
function save(address: string): void {
  const name = byId("watch-heading", HTMLElement).textContent || "title";
  element("a", { href: address, download: `${name}.mp4` }).click();
}
