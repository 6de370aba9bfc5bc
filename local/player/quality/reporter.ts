import type { Snapshot } from "../snapshot";
import type { Batch, QualityEvent, QualitySession } from "./event";
import { QualityMeter, type MeterDeps } from "./meter";

/** Events of a batch, and those that are kept while the API cannot be reached. */
const BATCH_EVENTS = 50;
const KEPT_EVENTS = 200;
const RETRY_MS = 5_000;

/** `refused`: the API will not take it the next time either. */
export type Outcome = "taken" | "refused" | "failed";

export interface ReporterDeps extends Omit<MeterDeps, "onEvent"> {
  /** Seconds of playback between two beacons. */
  readonly everySeconds: number;
  /** Share of playbacks that report, above 0 and up to 1. */
  readonly sampleShare: number;
  /** From 0 up to 1. */
  random(): number;
  /** Sends at once, and never throws. */
  send(batch: Batch): Promise<Outcome>;
  /** Runs `task` once after `ms`; the returned function cancels it. */
  schedule(task: () => void, ms: number): () => void;
}

/** Tells the API what one title's viewer experiences: at the first picture, each minute that is watched, and at the end. */
export class QualityReporter {
  private readonly meter: QualityMeter;
  private pending: { about: QualitySession; events: QualityEvent[] } | undefined;
  private sampled: { session: string; reports: boolean } | undefined;
  private cancel: (() => void) | undefined;

  constructor(private readonly deps: ReporterDeps) {
    this.meter = new QualityMeter({ ...deps, onEvent: (about, event) => this.keep(about, event) });
  }

  blocked(): void {
    this.meter.blocked();
  }

  requested(): void {
    this.meter.requested();
  }

  seeking(active: boolean): void {
    this.meter.seeking(active);
  }

  show(snapshot: Snapshot): void {
    this.meter.show(snapshot);
    if (this.meter.runs) this.plan();
  }

  /** Sends what there is: the page may not be asked again. */
  flush(): void {
    this.meter.cut();
    this.sendAll();
  }

  private plan(): void {
    this.cancel ??= this.deps.schedule(() => {
      this.cancel = undefined;
      this.flush();
      if (this.meter.runs) this.plan();
    }, this.deps.everySeconds * 1000);
  }

  private keep(about: QualitySession, event: QualityEvent): void {
    if (!this.reports(about.session)) return;
    if (this.pending && this.pending.about.session !== about.session) this.sendAll();
    const events = [...(this.pending?.events ?? []), event].slice(-KEPT_EVENTS);
    this.pending = { about, events };
    if (event.event === "end") {
      this.cancel?.();
      this.cancel = undefined;
    }
    if (event.event === "start" || event.event === "end") this.sendAll();
  }

  /** Decided once for a playback, so that whoever reports does so from the first event to the last. */
  private reports(session: string): boolean {
    const { random, sampleShare } = this.deps;
    if (this.sampled?.session !== session) this.sampled = { session, reports: random() < sampleShare };
    return this.sampled.reports;
  }

  private sendAll(): void {
    const { pending } = this;
    this.pending = undefined;
    if (!pending) return;
    for (let at = 0; at < pending.events.length; at += BATCH_EVENTS) {
      void this.deliver({ ...pending.about, events: pending.events.slice(at, at + BATCH_EVENTS) });
    }
  }

  /** Tried once more, later; then it is let go, for nothing here is worth disturbing anybody. */
  private async deliver(batch: Batch): Promise<void> {
    const { send, schedule } = this.deps;
    if ((await send(batch)) === "failed") schedule(() => void send(batch), RETRY_MS);
  }
}
