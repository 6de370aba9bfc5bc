import type { Writable } from "node:stream";
import type { Clock } from "../kernel/clock";
import { columns, cut, padded } from "./fit";
import { type Display, duration, type StageRecord, type StageState } from "./stage";

export interface Screen {
  readonly out: Writable & { readonly columns?: number };
  readonly clock: Clock;
  readonly colour: boolean;
  readonly refreshMs: number;
}

const SPINNER = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
const SPINNER_MS = 100;
const MARKS: Readonly<Record<Exclude<StageState, "running">, string>> = { waiting: "·", done: "✓", failed: "✗" };
const NAME_WIDTH = 9;
const TIME_WIDTH = 12;
const BAR_WIDTH = 24;
/** Below this the bar would leave no room for its number. */
const NARROWEST_WITH_BAR = BAR_WIDTH + " 100 %  ".length;
/** Terminals that do not tell their width have at least this. */
const USUAL_COLUMNS = 80;
/** Wider lines are harder to read, not more informative. */
const WIDEST = 96;

const SGR = { plain: "0", bold: "1", dim: "2", red: "31", green: "32", cyan: "36" } as const;
const LABELS = { waiting: "dim", running: "bold", done: "plain", failed: "bold" } as const;
const HIDE_CURSOR = "\u001b[?25l";
const SHOW_CURSOR = "\u001b[?25h";
const CLEAR_BELOW = "\u001b[0J";

/** For terminals: all stages at once, drawn over themselves. */
export class ScreenDisplay implements Display {
  private drawn = 0;
  private closed = false;
  private readonly timer?: NodeJS.Timeout;

  constructor(
    private readonly screen: Screen,
    private readonly records: readonly StageRecord[],
  ) {
    screen.out.write(HIDE_CURSOR);
    this.draw();
    if (screen.refreshMs > 0) this.timer = setInterval(() => this.draw(), screen.refreshMs).unref();
  }

  changed(): void {
    this.draw();
  }

  note(text: string): void {
    this.draw([text]);
  }

  close(): void {
    if (this.closed) return;
    this.draw();
    this.closed = true;
    clearInterval(this.timer);
    this.screen.out.write(SHOW_CURSOR);
    for (const { name, detail } of this.records.filter((record) => this.isCut(record))) this.note(`${name}: ${detail}`);
  }

  /** One write a frame, so that nothing flickers: back to the first line, clear, notes that stay, then the stages. */
  private draw(notes: readonly string[] = []): void {
    if (this.closed) {
      for (const note of notes) this.screen.out.write(`${note}\n`);
      return;
    }
    const back = this.drawn > 0 ? `\u001b[${this.drawn}A\r${CLEAR_BELOW}` : "";
    const lines = this.records.map((record) => this.line(record));
    this.drawn = lines.length;
    this.screen.out.write(back + [...notes, ...lines].map((line) => `${line}\n`).join(""));
  }

  private line(record: StageRecord): string {
    const { state, name } = record;
    const room = this.room();
    const time = state === "waiting" ? "" : duration(record.elapsedAt(this.screen.clock()));
    const label = this.paint(name.padEnd(NAME_WIDTH), LABELS[state]);
    const middle = padded(this.middle(record, room), room);
    return `  ${this.mark(state)} ${label}  ${middle} ${this.paint(time.padStart(TIME_WIDTH), "dim")}`;
  }

  /** Columns for what a stage has to say. A line that wraps would be drawn over wrongly. */
  private room(): number {
    const width = Math.min(WIDEST, (this.screen.out.columns ?? USUAL_COLUMNS) - 1);
    return Math.max(0, width - NAME_WIDTH - TIME_WIDTH - "  x    ".length);
  }

  /** Why it failed matters more than one line. */
  private isCut({ state, detail }: StageRecord): boolean {
    return state === "failed" && columns(detail) > this.room();
  }

  private mark(state: StageState): string {
    const frame = Math.floor(this.screen.clock() / SPINNER_MS) % SPINNER.length;
    if (state === "running") return this.paint(SPINNER.charAt(frame), "cyan");
    const style = state === "done" ? "green" : state === "failed" ? "red" : "dim";
    return this.paint(MARKS[state], style);
  }

  private middle({ state, percent, detail }: StageRecord, room: number): string {
    if (state === "failed") return this.paint(cut(detail, room), "red");
    if (state !== "running" || percent === undefined || room < NARROWEST_WITH_BAR) return cut(detail, room);
    const filled = Math.round((percent / 100) * BAR_WIDTH);
    const bar = this.paint("━".repeat(filled), "cyan") + this.paint("─".repeat(BAR_WIDTH - filled), "dim");
    const number = ` ${String(Math.floor(percent)).padStart(3)} %  `;
    return `${bar}${number}${cut(detail, room - BAR_WIDTH - number.length)}`;
  }

  private paint(text: string, style: keyof typeof SGR): string {
    return this.screen.colour && text !== "" ? `\u001b[${SGR[style]}m${text}\u001b[0m` : text;
  }
}
