import type { Problem } from "../problem";
import { formatRoute } from "../route";
import type { TransferPhase, TransferState } from "../upload/transfer";
import type { UnfinishedUpload } from "../upload/uploads";
import { byId, element, setText } from "./dom";
import { showProblem } from "./problem-view";

export interface UploadHandlers {
  onFile(file: File): void;
  onPause(): void;
  onResume(): void;
  onCancel(): void;
  onDiscard(uploadId: string): void;
}

export interface UploadView {
  open(): void;
  hide(): void;
  /** A file was chosen and is being asked about. */
  begin(name: string): void;
  show(state: TransferState): void;
  problem(problem: Problem | undefined): void;
  unfinished(uploads: readonly UnfinishedUpload[]): void;
  /** Back to the choice of a file. */
  clear(): void;
}

const WORDS: Readonly<Record<TransferPhase, string>> = {
  sending: "Sending",
  waiting: "Waiting to try again",
  paused: "Paused",
  finishing: "Putting it together",
  done: "Uploaded. The title can be watched as soon as it is prepared.",
  failed: "Stopped",
};

/** The producers' view: choose a file, see it go, pause and go on. */
export function createUploadView(handlers: UploadHandlers): UploadView {
  const view = byId("uploads-view", HTMLElement);
  const input = byId("upload-file", HTMLInputElement);
  const alert = byId("upload-problem", HTMLElement);
  const progress = byId("upload-progress", HTMLElement);
  const [pause, resume] = [byId("upload-pause", HTMLButtonElement), byId("upload-resume", HTMLButtonElement)];
  const cancel = byId("upload-cancel", HTMLButtonElement);
  const link = byId("upload-title", HTMLAnchorElement);
  const status = byId("upload-status", HTMLElement);

  input.addEventListener("change", () => {
    const [file] = input.files ?? [];
    if (file) handlers.onFile(file);
  });
  pause.addEventListener("click", handlers.onPause);
  resume.addEventListener("click", handlers.onResume);
  cancel.addEventListener("click", handlers.onCancel);

  return {
    open() {
      view.hidden = false;
      document.title = "Upload · Screening room";
      byId("uploads-heading", HTMLElement).focus();
    },
    hide() {
      view.hidden = true;
    },
    begin(name) {
      showProblem(alert, undefined);
      progress.hidden = false;
      input.disabled = true;
      setText(byId("upload-name", HTMLElement), name);
      byId("upload-bar", HTMLProgressElement).value = 0;
      setText(status, "Asking where to put it…");
      for (const button of [pause, resume, cancel, link]) button.hidden = true;
    },
    show({ phase, sent, size, problem, assetId }) {
      view.dataset.phase = phase;
      byId("upload-bar", HTMLProgressElement).value = sent / size;
      // Whole percents: a live region that counts bytes would never be silent.
      setText(status, phase === "done" ? WORDS.done : `${WORDS[phase]}, ${Math.floor((100 * sent) / size)} %`);
      showProblem(alert, phase === "failed" ? problem : undefined);
      pause.hidden = phase !== "sending" && phase !== "waiting";
      resume.hidden = phase !== "paused" && phase !== "failed";
      cancel.hidden = phase === "finishing" || phase === "done";
      link.hidden = phase !== "done" || assetId === undefined;
      if (assetId !== undefined) link.href = formatRoute({ view: "watch", assetId });
      input.disabled = phase !== "done";
      if (phase === "done") input.value = ""; // the same file may be chosen again
    },
    problem: (problem) => showProblem(alert, problem),
    unfinished(uploads) {
      byId("unfinished", HTMLElement).hidden = uploads.length === 0;
      byId("unfinished-list", HTMLUListElement).replaceChildren(
        ...uploads.map(({ uploadId, name }) => {
          const discard = element("button", { type: "button", class: "quiet" }, "Discard");
          discard.addEventListener("click", () => handlers.onDiscard(uploadId));
          return element("li", {}, element("span", {}, name), discard);
        }),
      );
    },
    clear() {
      delete view.dataset.phase;
      progress.hidden = true;
      input.disabled = false;
      input.value = "";
      setText(status, "");
    },
  };
}
