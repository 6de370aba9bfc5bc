import { isTransient, OFFLINE, type Problem } from "../problem";
import type { Result } from "../result";
import type { PutPart } from "./put-part";
import { partsRefused } from "./upload-problem";
import type { PartAddress, UploadStanding, Uploads } from "./uploads";

/** Parts on their way at a time: enough to fill a line whose round trip is long. */
const AT_A_TIME = 3;

/** Pauses between tries without progress, seconds; after the last the producer is asked. */
const PAUSES = [1, 2, 5, 10, 20, 30];

/** Statuses with which the store says that an address is no good any more. */
const isRefusal = (status: number): boolean => status >= 400 && status < 500 && status !== 429;

export type TransferPhase = "sending" | "waiting" | "paused" | "finishing" | "done" | "failed";

export interface TransferState {
  readonly phase: TransferPhase;
  /** Bytes that are there or on their way. */
  readonly sent: number;
  readonly size: number;
  readonly assetId?: string;
  /** Why it waits or failed. */
  readonly problem?: Problem;
}

export interface TransferDeps {
  readonly uploads: Pick<Uploads, "look" | "complete">;
  readonly put: PutPart;
  readonly file: Pick<Blob, "size" | "slice">;
  /** Resolves after so many seconds, or as soon as the signal says. */
  wait(seconds: number, signal: AbortSignal): Promise<void>;
  onChange(state: TransferState): void;
}

/** One file on its way. What has arrived is asked of the service after every stretch, so a lost answer loses nothing. */
export class Transfer {
  readonly uploadId: string;
  private stop = new AbortController();
  private state: TransferState;
  private tries = 0;
  /** Whether parts were sent since the service said what is missing. */
  private isStale = false;

  constructor(
    private readonly deps: TransferDeps,
    private standing: UploadStanding,
  ) {
    this.uploadId = standing.uploadId;
    const { assetId, received } = standing;
    this.state = { phase: "paused", sent: received, size: deps.file.size, assetId };
  }

  /** Sends what is missing and puts the file together; ends when it is done, paused or failed. */
  async run(): Promise<void> {
    this.stop = new AbortController();
    const { signal } = this.stop;
    this.tries = 0;
    this.change({ phase: "sending", problem: undefined });
    if (this.isStale && !(await this.lookAgain(signal))) return;
    while (!signal.aborted) {
      if (this.standing.parts.length === 0) return this.finish(signal);
      const problem = await this.sendParts(this.standing, signal);
      if (signal.aborted || (problem && !(await this.mayTryAgain(problem, signal)))) return;
      if (!(await this.lookAgain(signal))) return;
    }
  }

  /** Nothing that has arrived is lost; parts on their way are. */
  pause(): void {
    if (!["sending", "waiting"].includes(this.state.phase)) return;
    this.stop.abort();
    this.change({ phase: "paused", sent: this.standing.received, problem: undefined });
  }

  private async sendParts(standing: UploadStanding, signal: AbortSignal): Promise<Problem | undefined> {
    this.isStale = true;
    const queue = [...standing.parts];
    const onTheWay = new Map<number, number>();
    let problem: Problem | undefined;
    const worker = async (): Promise<void> => {
      for (let part = queue.shift(); part && !problem && !signal.aborted; part = queue.shift()) {
        const { number } = part;
        const status = await this.sendPart(standing, part, signal, (bytes) => {
          onTheWay.set(number, bytes);
          this.change({ sent: standing.received + sum(onTheWay) });
        });
        if (status >= 200 && status < 300) this.tries = 0;
        else problem ??= isRefusal(status) ? partsRefused(status) : OFFLINE;
      }
    };
    await Promise.all(Array.from({ length: AT_A_TIME }, worker));
    return problem;
  }

  private async sendPart(
    { partSize }: UploadStanding,
    { number, size, url }: PartAddress,
    signal: AbortSignal,
    onProgress: (bytes: number) => void,
  ): Promise<number> {
    const start = (number - 1) * partSize;
    const status = await this.deps.put(url, this.deps.file.slice(start, start + size), signal, (bytes) => {
      if (!signal.aborted) onProgress(Math.min(bytes, size));
    });
    if (status >= 200 && status < 300 && !signal.aborted) onProgress(size);
    return status;
  }

  /** How the upload stands now: the missing parts, with fresh addresses. */
  private async lookAgain(signal: AbortSignal): Promise<boolean> {
    for (;;) {
      const answer = await this.deps.uploads.look(this.uploadId, this.deps.file.size);
      if (signal.aborted) return false;
      if (answer.ok) {
        this.standing = answer.value;
        this.isStale = false;
        this.change({ phase: "sending", sent: answer.value.received, problem: undefined });
        return true;
      }
      if (!(await this.mayTryAgain(answer.problem, signal))) return false;
    }
  }

  private async finish(signal: AbortSignal): Promise<void> {
    this.change({ phase: "finishing", sent: this.deps.file.size });
    for (;;) {
      const answer: Result<unknown> = await this.deps.uploads.complete(this.uploadId, this.deps.file.size);
      if (answer.ok) return this.change({ phase: "done" });
      if (!(await this.mayTryAgain(answer.problem, signal))) return;
      this.change({ phase: "finishing", problem: undefined });
    }
  }

  /** Waits a while after what may pass; anything else, and the last try, ends the transfer. */
  private async mayTryAgain(problem: Problem, signal: AbortSignal): Promise<boolean> {
    const pause = PAUSES[this.tries];
    const passing = isTransient(problem) || problem.code === "PARTS_REFUSED";
    if (pause === undefined || !passing) {
      this.change({ phase: "failed", problem });
      return false;
    }
    this.tries += 1;
    this.change({ phase: "waiting", problem });
    await this.deps.wait(pause, signal);
    return !signal.aborted;
  }

  private change(next: Partial<TransferState>): void {
    this.state = { ...this.state, ...next };
    this.deps.onChange(this.state);
  }
}

function sum(bytes: ReadonlyMap<number, number>): number {
  return [...bytes.values()].reduce((total, each) => total + each, 0);
}
