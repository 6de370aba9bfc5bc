/** What a viewer does while a title is on: watches it, or waits in the middle of it. */
export type Doing = "watching" | "waiting";

export interface Measures {
  readonly watchedSeconds: number;
  readonly rebuffers: number;
  readonly rebufferSeconds: number;
}

/** Adds up the time of one stretch of a playback. */
export class Stopwatch {
  private doing: Doing | undefined;
  private since = 0;
  private milliseconds = { watching: 0, waiting: 0 };
  private rebuffers = 0;

  /** `now`: milliseconds; only differences are used. */
  constructor(private readonly now: () => number) {}

  /** Nothing: paused, seeking, or over. */
  set(doing: Doing | undefined): void {
    if (doing === this.doing) return;
    this.addUp();
    if (doing === "waiting") this.rebuffers += 1;
    this.doing = doing;
  }

  get runs(): boolean {
    return this.doing !== undefined;
  }

  /** What was measured since the last call; undefined where that is nothing. A wait that goes on was counted already. */
  take(): Measures | undefined {
    this.addUp();
    const { milliseconds, rebuffers } = this;
    this.milliseconds = { watching: 0, waiting: 0 };
    this.rebuffers = 0;
    if (milliseconds.watching + milliseconds.waiting + rebuffers === 0) return undefined;
    const [watchedSeconds, rebufferSeconds] = [milliseconds.watching / 1000, milliseconds.waiting / 1000];
    return { watchedSeconds, rebuffers, rebufferSeconds };
  }

  private addUp(): void {
    const now = this.now();
    if (this.doing) this.milliseconds[this.doing] += now - this.since;
    this.since = now;
  }
}
