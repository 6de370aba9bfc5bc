import type { Status } from "../handlers/shared/title";
import { type Progress, type StageName } from "./progress";

/** The stage that a title is in, by its status in the catalogue. */
const STAGE_OF: Readonly<Partial<Record<Status, StageName>>> = {
  RECEIVED: "ingest",
  TRANSCODING: "transcode",
  PACKAGING: "package",
  READY: "package",
  PUBLISHED: "package",
};

/** Shows one stage after the other; a status may be missed between two looks, so entering a stage ends the one before. */
export class StageTrack {
  private current?: StageName;

  constructor(private readonly progress: Progress) {}

  get stage(): StageName | undefined {
    return this.current;
  }

  enter(stage: StageName, detail?: string): void {
    if (stage === this.current) return;
    this.end();
    this.current = stage;
    this.progress.start(stage, detail);
  }

  /** Enters the stage that a status means. */
  follow(status: Status, detail?: string): void {
    const stage = STAGE_OF[status];
    if (stage) this.enter(stage, detail);
  }

  update(change: { readonly percent?: number; readonly detail?: string }): void {
    if (this.current) this.progress.update(this.current, change);
  }

  end(detail?: string): void {
    if (this.current) this.progress.done(this.current, detail);
    this.current = undefined;
  }

  fail(reason: string): void {
    if (this.current) this.progress.fail(this.current, reason);
    this.current = undefined;
  }
}
