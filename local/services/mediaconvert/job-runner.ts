import { join } from "node:path";
import type { Clock } from "../../kernel/clock";
import type { ObjectStore } from "../../kernel/object-store";
import { framesPerSecond } from "../../media/encode-frame-rate";
import { videoTracks, type Mezzanine } from "../../media/probe-result";
import type { Job, JobPhase } from "./job";
import type { JobEvents } from "./job-events";
import { failureOf } from "./job-failure";
import type { JobStore } from "./job-store";
import type { AssumeRole } from "../role-sessions";
import { runJob } from "./run-job";

export interface RunnerOptions {
  readonly store: JobStore;
  readonly events: JobEvents;
  readonly objects: ObjectStore;
  readonly assume: AssumeRole;
  readonly clock: Clock;
  readonly ffmpeg: string;
  /** For files while a job runs. */
  readonly workDirectory: string;
}

/** Where each phase begins on the way from 0 to 100 percent. */
const PHASE_START = { PROBING: 0, TRANSCODING: 2, UPLOADING: 90 } as const;
const PHASE_END = { PROBING: 2, TRANSCODING: 90, UPLOADING: 100 } as const;

/** Percent between two STATUS_UPDATE events: AWS sends one a minute, here jobs take seconds. */
const UPDATE_STEP = 5;

/** Runs jobs one at a time, oldest first: one encoder keeps a small machine busy. */
export class JobRunner {
  private readonly waiting: string[] = [];
  private current?: { readonly id: string; readonly abort: AbortController };
  private draining: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly options: RunnerOptions) {}

  enqueue(id: string): void {
    this.waiting.push(id);
    this.draining = this.draining.then(() => this.runNext());
  }

  /** Ends a job that waits or runs, with its event. */
  cancel(id: string): Job {
    const job = this.options.store.update(id, { status: "CANCELED", finishedAt: this.options.clock() });
    if (this.current?.id === id) this.current.abort.abort(new Error("the job was canceled"));
    this.options.events.canceled(job);
    return job;
  }

  /** Resolves when no job waits or runs. */
  async idle(): Promise<void> {
    let seen;
    do await (seen = this.draining);
    while (seen !== this.draining);
  }

  /** Stops the encoder and leaves its job as it is, to be run again at the next start. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.current?.abort.abort(new Error("the platform was stopped"));
    await this.idle();
  }

  private async runNext(): Promise<void> {
    const { store, events } = this.options;
    const id = this.waiting.shift();
    const status = id === undefined ? undefined : store.get(id)?.status;
    if (id === undefined || this.stopped || (status !== "SUBMITTED" && status !== "PROGRESSING")) return;
    const abort = new AbortController();
    this.current = { id, abort };
    const job = store.update(id, {
      status: "PROGRESSING",
      phase: "PROBING",
      percent: 0,
      startedAt: this.options.clock(),
    });
    events.progressing(job);
    try {
      const outputGroupDetails = await this.run(job, abort.signal);
      const finishedAt = this.options.clock();
      events.complete(store.update(id, { status: "COMPLETE", percent: 100, finishedAt, outputGroupDetails }));
    } catch (error) {
      if (!abort.signal.aborted) this.fail(id, error);
    } finally {
      this.current = undefined;
    }
  }

  private run(job: Job, signal: AbortSignal) {
    const { objects, assume, ffmpeg, workDirectory, events } = this.options;
    const progress = new Progress(job, this.options);
    return runJob(job, {
      objects,
      assume,
      ffmpeg,
      directory: join(workDirectory, job.id),
      signal,
      onInput: (media) => {
        signal.throwIfAborted(); // Nothing is announced of a job that was canceled.
        progress.media = media;
        events.inputInformation(job, media);
      },
      onProgress: (phase, share) => {
        if (!signal.aborted) progress.report(phase, share);
      },
    });
  }

  private fail(id: string, error: unknown): void {
    const { code, message } = failureOf(error);
    const changes = {
      status: "ERROR" as const,
      finishedAt: this.options.clock(),
      errorCode: code,
      errorMessage: message,
    };
    this.options.events.error(this.options.store.update(id, changes));
  }
}

/** Turns the progress of a phase into the job's percent, and every few of them into an event. */
class Progress {
  media?: Mezzanine;
  private announced = 0;

  constructor(
    private readonly job: Job,
    private readonly options: RunnerOptions,
  ) {}

  report(phase: JobPhase, share: number): void {
    const percent = Math.floor(PHASE_START[phase] + share * (PHASE_END[phase] - PHASE_START[phase]));
    if (percent < this.announced + UPDATE_STEP) return;
    this.announced = percent;
    const job = this.options.store.update(this.job.id, { phase, percent });
    this.options.events.statusUpdate(
      job,
      share,
      phase === "TRANSCODING" ? Math.round(share * this.frames()) : this.frames(),
    );
  }

  private frames(): number {
    const video = this.media && videoTracks(this.media)[0];
    return video ? Math.round(video.duration * framesPerSecond(video.frameRate)) : 0;
  }
}
