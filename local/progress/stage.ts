/** The stages that a title goes through, in the order of the display. */
export const STAGES = ["ingest", "transcode", "package", "entitle", "deliver"] as const;
export type StageName = (typeof STAGES)[number];

export type StageState = "waiting" | "running" | "done" | "failed";

/** Where one stage stands. */
export class StageRecord {
  state: StageState = "waiting";
  detail = "";
  /** 0 to 100, where the stage can tell. */
  percent?: number;
  /** Milliseconds that it took, once it ended. */
  elapsed = 0;
  private startedAt = 0;

  constructor(readonly name: StageName) {}

  start(now: number, detail: string): void {
    if (this.state !== "waiting") throw new Error(`${this.name} starts twice`);
    this.state = "running";
    this.startedAt = now;
    this.detail = detail;
  }

  update(percent: number | undefined, detail: string | undefined): void {
    this.mustRun("update");
    if (percent !== undefined) this.percent = Math.min(100, Math.max(0, percent));
    if (detail !== undefined) this.detail = detail;
  }

  end(state: "done" | "failed", now: number, detail: string | undefined): void {
    this.mustRun("end");
    this.state = state;
    this.elapsed = now - this.startedAt;
    if (detail !== undefined) this.detail = detail;
  }

  elapsedAt(now: number): number {
    return this.state === "running" ? now - this.startedAt : this.elapsed;
  }

  private mustRun(what: string): void {
    if (this.state !== "running") throw new Error(`${this.name} is ${this.state}, so it cannot ${what}`);
  }
}

/** Shows records to a person. */
export interface Display {
  changed(record: StageRecord): void;
  note(text: string): void;
  close(): void;
}

/** `0.4 s`, `12.3 s`, `2 min 05 s`. */
export function duration(ms: number): string {
  const seconds = ms / 1000;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}
