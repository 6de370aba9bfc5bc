import type { Writable } from "node:stream";
import type { Clock } from "./kernel/clock";
import { LineDisplay } from "./progress/line-display";
import { type Display, STAGES, type StageName, StageRecord } from "./progress/stage";
import { type Screen, ScreenDisplay } from "./progress/screen-display";

export { STAGES, type StageName } from "./progress/stage";

export interface ProgressOptions {
  /** The display is in place when this is a terminal, else plain lines. */
  readonly out: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly clock: Clock;
  /** The environment's `NO_COLOR`: colours are off when it is there and not empty (https://no-color.org). */
  readonly noColor?: string;
  /** The terminal cannot move its cursor (`TERM=dumb`): plain lines there too. */
  readonly dumb?: boolean;
  /** How often a terminal is drawn anew; 0: only when something changes. */
  readonly refreshMs?: number;
}

/** Ten times a second looks alive and costs nothing. */
const REFRESH_MS = 100;

/** What a person sees while a title goes through the stages, and how long each took. */
export class Progress {
  private readonly records = new Map<StageName, StageRecord>(STAGES.map((name) => [name, new StageRecord(name)]));
  private readonly display: Display;

  constructor(private readonly options: ProgressOptions) {
    const { out, clock, dumb = false, noColor = "", refreshMs = REFRESH_MS } = options;
    const records = [...this.records.values()];
    const screen: Screen = { out, clock, colour: noColor === "", refreshMs };
    this.display = out.isTTY && !dumb ? new ScreenDisplay(screen, records) : new LineDisplay(out, clock);
  }

  /** A stage begins; it runs until `done` or `fail`. */
  start(name: StageName, detail = ""): void {
    this.record(name).start(this.options.clock(), detail);
    this.display.changed(this.record(name));
  }

  /** What a running stage has come to; `percent` is 0 to 100. */
  update(name: StageName, { percent, detail }: { readonly percent?: number; readonly detail?: string }): void {
    this.record(name).update(percent, detail);
    this.display.changed(this.record(name));
  }

  done(name: StageName, detail?: string): void {
    this.record(name).end("done", this.options.clock(), detail);
    this.display.changed(this.record(name));
  }

  fail(name: StageName, reason: string): void {
    this.record(name).end("failed", this.options.clock(), reason);
    this.display.changed(this.record(name));
  }

  /** A line that stays, above the stages. */
  note(text: string): void {
    this.display.note(text);
  }

  /** Leaves the terminal as it was, with what was reached standing there. To be called however it ends. */
  close(): void {
    this.display.close();
  }

  /** Stages that ended, in order, in whole milliseconds. */
  timings(): { name: StageName; ms: number }[] {
    return [...this.records.values()].flatMap(({ name, elapsed, state }) =>
      state === "done" || state === "failed" ? [{ name, ms: Math.round(elapsed) }] : [],
    );
  }

  private record(name: StageName): StageRecord {
    const record = this.records.get(name);
    if (!record) throw new Error(`${name} is not a stage: there are ${STAGES.join(", ")}`);
    return record;
  }
}
