import type { Problem } from "../problem";
import { ok, type Result } from "../result";
import type { UploadView, UploadHandlers } from "../view/upload-view";
import type { PutPart } from "./put-part";
import { Transfer } from "./transfer";
import type { UploadRecord } from "./upload-record";
import type { UploadStanding, Uploads } from "./uploads";

export interface UploadDesk {
  open(): void;
  hide(): void;
  /** Whoever uploaded has left: nothing more is sent. */
  close(): void;
}

export interface UploadDeskDeps {
  readonly uploads: Uploads;
  readonly record: UploadRecord;
  readonly put: PutPart;
  wait(seconds: number, signal: AbortSignal): Promise<void>;
  view(handlers: UploadHandlers): UploadView;
  onSignedOut(problem: Problem): void;
}

/** What a producer may ask for, one file at a time: begin, or go on with what was begun; pause; cancel. */
export function createUploadDesk({
  uploads,
  record,
  put,
  wait,
  view: makeView,
  onSignedOut,
}: UploadDeskDeps): UploadDesk {
  let transfer: Transfer | undefined;

  const tell = (problem: Problem): void => {
    if (problem.kind === "signed-out") onSignedOut(problem);
    else view.problem(problem);
  };
  const listUnfinished = async (): Promise<void> => {
    const list = await uploads.unfinished();
    if (!list.ok) return tell(list.problem);
    view.unfinished(list.value.filter(({ uploadId }) => uploadId !== transfer?.uploadId));
  };
  const accept = async (file: File): Promise<void> => {
    view.begin(file.name);
    const standing = await begun(uploads, record, file);
    if (!standing.ok) {
      view.clear();
      return tell(standing.problem);
    }
    record.remember(standing.value.uploadId, file);
    const current = new Transfer(
      {
        uploads,
        put,
        file,
        wait,
        onChange(state) {
          if (transfer !== current) return;
          view.show(state);
          if (state.phase === "done") record.forget(current.uploadId);
          if (state.problem?.kind === "signed-out") onSignedOut(state.problem);
        },
      },
      standing.value,
    );
    transfer = current;
    void listUnfinished();
    await current.run();
  };
  const discard = async (uploadId: string): Promise<void> => {
    record.forget(uploadId);
    const answer = await uploads.abort(uploadId);
    if (!answer.ok && answer.problem.status !== 404) tell(answer.problem);
    await listUnfinished();
  };
  const drop = (): string | undefined => {
    transfer?.pause();
    const uploadId = transfer?.uploadId;
    transfer = undefined;
    view.clear();
    return uploadId;
  };
  const view = makeView({
    onFile: (file) => void accept(file),
    onPause: () => transfer?.pause(),
    onResume: () => void transfer?.run(),
    onCancel() {
      const uploadId = drop();
      if (uploadId) void discard(uploadId);
    },
    onDiscard: (uploadId) => void discard(uploadId),
  });
  return {
    open() {
      view.open();
      void listUnfinished();
    },
    hide: () => view.hide(),
    close: () => void drop(),
  };
}

/** Goes on with an upload that was begun with this very file, or begins one. */
async function begun(uploads: Uploads, record: UploadRecord, file: File): Promise<Result<UploadStanding>> {
  const list = await uploads.unfinished();
  if (!list.ok) return list;
  const known = list.value.find(
    ({ uploadId, name }) => name === file.name.normalize("NFC") && record.isOf(uploadId, file),
  );
  const standing = known && (await uploads.look(known.uploadId, file.size));
  if (standing?.ok) return ok(standing.value);
  return uploads.start(file);
}
