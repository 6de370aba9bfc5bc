import { lines } from "../rendition";
import type { PlayerState, Snapshot } from "../snapshot";
import type { Measured, QualityEvent, QualitySession } from "./event";
import { type Doing, Stopwatch } from "./stopwatch";

/** What the API takes at most; more is a clock that jumped. */
const LONGEST = { startupSeconds: 600, seconds: 7200, positionSeconds: 172_800, rebuffers: 1000 };
const CODE = /^[A-Z][A-Z0-9_]{0,39}$/;

export interface MeterDeps {
  readonly assetId: string;
  /** Milliseconds; only differences are used. */
  now(): number;
  /** Where the video stands, seconds. */
  position(): number;
  newId(): string;
  /** Something was measured. */
  onEvent(session: QualitySession, event: QualityEvent): void;
}

interface Session {
  readonly id: string;
  readonly stopwatch: Stopwatch;
  requestedAt: number;
  started: boolean;
  events: number;
  rendition?: number;
  about: Pick<QualitySession, "protocol" | "engine">;
}

/**
 * Measures what the viewer of one title experiences, from what the page shows of it. A playback is measured from the
 * moment it is asked for until it ends, fails, is left, or goes on in another protocol.
 */
export class QualityMeter {
  private session: Session | undefined;
  private state: PlayerState | undefined;
  private requestedAt: number;
  private waitsForViewer = false;
  private isSeeking = false;

  constructor(private readonly deps: MeterDeps) {
    this.requestedAt = deps.now();
  }

  /** Whether time is being measured. */
  get runs(): boolean {
    return this.session?.stopwatch.runs ?? false;
  }

  /** The browser wants a click first: what the viewer takes to give it is no start-up time. */
  blocked(): void {
    this.waitsForViewer = this.session !== undefined && !this.session.started;
  }

  /** The viewer, or the page, asks for the picture. */
  requested(): void {
    this.requestedAt = this.deps.now();
    if (this.waitsForViewer && this.session) this.session.requestedAt = this.requestedAt;
    this.waitsForViewer = false;
  }

  /** Waiting for another place in the title is not rebuffering. */
  seeking(active: boolean): void {
    this.isSeeking = active;
    if (active && this.state === "buffering") this.session?.stopwatch.set(undefined);
  }

  show(snapshot: Snapshot): void {
    const { state, problem } = snapshot;
    const changed = state !== this.state;
    this.state = state;
    if (changed && state === "loading") this.begin(this.deps.now());
    // Played once more after its end.
    if (state === "playing" && !this.session) this.begin(this.requestedAt);
    const { session } = this;
    if (!session) return;
    session.about = { protocol: snapshot.format, engine: snapshot.engine };
    this.shows(session, snapshot);
    if (!changed) return;
    session.stopwatch.set(this.doing(session, state));
    if (state === "playing" && !session.started) this.started(session);
    if (problem && (state === "failed" || state === "refused")) {
      this.note(session, { event: "error", code: CODE.test(problem.code) ? problem.code : "OTHER" });
      this.end("failed");
    } else if (state === "ended") this.end("ended");
    else if (state === "stopped") this.end("left");
  }

  /** Notes what was watched since this was last done. */
  cut(): void {
    const { session } = this;
    const measures = session?.stopwatch.take();
    if (!session || !measures) return;
    const watchedSeconds = figure(measures.watchedSeconds, LONGEST.seconds);
    const rebufferSeconds = figure(measures.rebufferSeconds, LONGEST.seconds);
    const rebuffers = Math.min(measures.rebuffers, LONGEST.rebuffers);
    this.note(session, { event: "played", watchedSeconds, rebuffers, rebufferSeconds, ...shown(session) });
  }

  private begin(requestedAt: number): void {
    this.end("left");
    const { now, newId } = this.deps;
    this.waitsForViewer = false;
    this.session = { id: newId(), stopwatch: new Stopwatch(now), requestedAt, started: false, events: 0, about: {} };
  }

  private started(session: Session): void {
    session.started = true;
    const startupSeconds = figure((this.deps.now() - session.requestedAt) / 1000, LONGEST.startupSeconds);
    this.note(session, { event: "start", startupSeconds, ...shown(session) });
  }

  private shows(session: Session, { shown: picture }: Snapshot): void {
    const rendition = picture && lines(picture);
    const { rendition: previousRendition } = session;
    if (!rendition || rendition === previousRendition) return;
    if (previousRendition !== undefined) this.cut(); // what was watched until now was watched in the other
    session.rendition = rendition;
    if (previousRendition !== undefined) this.note(session, { event: "switch", previousRendition, rendition });
  }

  private doing({ started }: Session, state: PlayerState): Doing | undefined {
    if (state === "playing") return "watching";
    return state === "buffering" && started && !this.isSeeking ? "waiting" : undefined;
  }

  private end(reason: "ended" | "left" | "failed"): void {
    const { session } = this;
    if (!session) return;
    session.stopwatch.set(undefined);
    this.cut();
    this.session = undefined;
    this.note(session, { event: "end", reason });
  }

  private note(session: Session, measured: Measured): void {
    const { assetId, position, onEvent } = this.deps;
    session.events += 1;
    const place = { number: session.events, positionSeconds: figure(position(), LONGEST.positionSeconds) };
    onEvent({ session: session.id, assetId, ...session.about }, { ...measured, ...place });
  }
}

function shown({ rendition }: Session): { rendition?: number } {
  return rendition === undefined ? {} : { rendition };
}

/** To the millisecond, and never more than is taken. */
function figure(value: number, most: number): number {
  return Number.isFinite(value) ? Math.min(Math.max(0, Math.round(value * 1000) / 1000), most) : 0;
}
