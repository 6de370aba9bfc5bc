import type { Writable } from "node:stream";
import type { Clock } from "../kernel/clock";
import { type Display, duration, type StageName, type StageRecord } from "./stage";

/** A log needs to see that it moves, not every percent. */
const PERCENT_STEP = 10;

/** For logs and pipes: one line for each thing that happens. */
export class LineDisplay implements Display {
  private readonly shown = new Map<StageName, string>();

  constructor(
    private readonly out: Writable,
    private readonly clock: Clock,
  ) {}

  changed(record: StageRecord): void {
    const text = this.describe(record);
    if (this.shown.get(record.name) === text) return;
    this.shown.set(record.name, text);
    this.note(`${record.name.padEnd(9)}  ${text}`);
  }

  note(text: string): void {
    this.out.write(`${text}\n`);
  }

  close(): void {
    // Lines stand as they are.
  }

  private describe(record: StageRecord): string {
    const { state, detail, percent } = record;
    const because = detail === "" ? "" : `: ${detail}`;
    if (state === "done") return `done in ${duration(record.elapsedAt(this.clock()))}${because}`;
    if (state === "failed") return `FAILED after ${duration(record.elapsedAt(this.clock()))}${because}`;
    if (percent === undefined) return this.shown.has(record.name) && detail !== "" ? detail : `started${because}`;
    return `${Math.floor(percent / PERCENT_STEP) * PERCENT_STEP} %`;
  }
}
