import { keepCookie, type CookieKeeper, type CookieKeeperDeps } from "./cookie-keeper";
import { tally } from "./edge-tally";
import type { EngineName } from "./engines/choose-engine";
import type { Engine, EngineEvents, Failure } from "./engines/engine";
import type { Journal } from "./journal";
import { FORMATS, type Format, type Playback } from "./mint";
import type { PlayingSession } from "./playing-session";
import { afterMediaEvent, type MediaEvent } from "./media-state";
import { edgeRefusal, mediaFailure, OFFLINE, explain, unplayable, type Problem } from "./problem";
import { change, label, type Choice, type Rendition } from "./rendition";
import { INITIAL, type Snapshot } from "./snapshot";

/** Answers to requests that were under way when the cookie was renewed may come this much later. */
const LEFTOVER_MS = 2_000;

export interface PlaybackDeps extends Pick<CookieKeeperDeps, "now" | "schedule"> {
  newSession(): PlayingSession;
  engineFor(url: string): EngineName | undefined;
  /** Loads the engine's code and starts it at `startAt` seconds. */
  start(name: EngineName, url: string, events: EngineEvents, startAt: number): Promise<Engine>;
  /** Where the video stands, seconds. */
  position(): number;
  readonly journal: Journal;
  onChange(snapshot: Snapshot): void;
}

/** One title from the mint to the last frame: engine, cookie, and what to do when either fails. */
export class PlaybackController {
  private snapshot: Snapshot = INITIAL;
  private engine: Engine | undefined;
  private keeper: CookieKeeper | undefined;
  private session: PlayingSession | undefined;
  /** Where the next engine begins, seconds. */
  private resumeAt = 0;
  /** The renewal that the edge's refusals led to, until the edge serves something again. */
  private recovery: { at: number; pending: boolean; failed: boolean } | undefined;
  /** Counts starts: what an earlier start still has to say is not listened to. */
  private turn = 0;

  constructor(private readonly deps: PlaybackDeps) {}

  /** Asks for a cookie, then plays `format`, or what the title offers first. */
  async start(format?: Format): Promise<void> {
    const turn = this.halt();
    const wanted = format ?? this.snapshot.format;
    this.reset();
    const session = (this.session = this.deps.newSession());
    const answer = await session.mint();
    if (turn !== this.turn) return;
    if (!answer.ok) return this.end(answer.problem);
    this.deps.journal.add("mint", `Cookie minted, to be renewed every ${answer.value.refreshAfterSeconds} s`);
    this.keeper = this.keep(answer.value, session);
    await this.play(answer.value, wanted, turn);
  }

  /** Plays the same title in another protocol, from where it stands. */
  async setFormat(format: Format): Promise<void> {
    const { playback } = this.snapshot;
    if (!playback || !this.keeper) return this.start(format);
    const turn = this.haltEngine();
    this.reset();
    await this.play(playback, format, turn);
  }

  choose(choice: Choice): void {
    this.engine?.choose(choice);
    this.update({ choice });
    const wanted = this.snapshot.renditions.find(({ id }) => id === choice);
    this.deps.journal.add("rendition", wanted ? `You chose ${label(wanted)}` : "You left the choice to the player");
  }

  caption(index: number | undefined): void {
    this.engine?.caption(index);
    this.update({ caption: index });
  }

  /** Something the video element reported. */
  media(event: MediaEvent): void {
    const state = afterMediaEvent(this.snapshot.state, event);
    if (state === this.snapshot.state) return;
    this.update({ state });
    this.keeper?.setPlaying(state === "playing" || state === "buffering");
    if (event === "ended") this.deps.journal.add("playback", "Played to the end");
  }

  throughput(): number | undefined {
    return this.engine?.throughput();
  }

  /** Lets go of the title. */
  stop(): void {
    this.halt();
    this.update({ state: "stopped", problem: undefined });
  }

  private async play(playback: Playback, wanted: Format | undefined, turn: number): Promise<void> {
    const format = wanted && playback.manifests[wanted] ? wanted : FORMATS.find((each) => playback.manifests[each]);
    const url = format && playback.manifests[format];
    const name = url && this.deps.engineFor(url);
    this.update({ playback, format, engine: name });
    if (!format || !url || !name) return this.end(unplayable(format ?? "this title"));
    let engine: Engine;
    try {
      engine = await this.deps.start(name, url, this.listen(turn), this.resumeAt);
    } catch {
      return turn === this.turn ? this.end(OFFLINE) : undefined; // the engine's code did not arrive
    }
    if (turn !== this.turn) return engine.destroy();
    this.engine = engine;
    this.deps.journal.add("manifest", `${format.toUpperCase()} asked for, with ${engine.name}`);
  }

  private keep(first: Playback, session: PlayingSession): CookieKeeper {
    const { now, schedule, journal } = this.deps;
    return keepCookie({
      first,
      now,
      schedule,
      mint: () => session.mint(),
      onRenewed: (playback) => {
        journal.add("mint", "Cookie renewed");
        this.update({ playback, renewals: this.snapshot.renewals + 1 });
      },
      onRefused: (problem) => this.end(problem),
      onDelayed: (problem, ms) =>
        journal.add("problem", `Cookie not renewed (${problem.code}), again in ${ms / 1000} s`),
    });
  }

  private listen(turn: number): EngineEvents {
    const { journal } = this.deps;
    const current = <A extends unknown[]>(listener: (...args: A) => void) => {
      return (...args: A): void => (turn === this.turn ? listener(...args) : undefined);
    };
    return {
      onManifest: current((renditions) => {
        this.update({ renditions, state: this.snapshot.state === "loading" ? "ready" : this.snapshot.state });
        journal.add("manifest", `Manifest read: ${renditions.length || "unknown"} renditions`);
      }),
      onRendition: current((rendition) => this.shows(rendition)),
      onCaptions: current((captions) => this.update({ captions })),
      onAnswer: current((status, xCache) => {
        this.update({ edge: tally(this.snapshot.edge, status, xCache) });
        if (status === 401 || status === 403) void this.recover(false, turn);
        else if (status < 400 && !this.recovery?.pending) this.recovery = undefined;
      }),
      onFailure: current((failure) => this.fail(failure, turn)),
    };
  }

  private shows(rendition: Rendition): void {
    const { shown, switches } = this.snapshot;
    if (shown && shown.id === rendition.id && shown.height === rendition.height) return;
    this.deps.journal.add("rendition", shown ? change(shown, rendition) : `First picture: ${label(rendition)}`);
    this.update({ shown: rendition, switches: shown ? switches + 1 : switches });
  }

  private fail(failure: Failure, turn: number): void {
    this.deps.journal.add("problem", `${this.snapshot.engine ?? "Engine"}: ${failure.detail}${status(failure)}`);
    if (failure.kind === "denied") return void this.recover(true, turn);
    if (failure.kind === "media") return this.end(mediaFailure(failure.detail));
    if (failure.kind === "missing") return this.end(explain({ status: failure.status ?? 404 }));
    this.end(failure.status ? explain({ status: failure.status }) : OFFLINE);
  }

  /**
   * The edge refused. That may only mean that the cookie ended while the page slept: one renewal, at the first
   * refusal, and if the edge then serves nothing at all, cookies are not what is wrong.
   */
  private async recover(failed: boolean, turn: number): Promise<void> {
    const { now } = this.deps;
    if (this.recovery?.pending) {
      this.recovery.failed ||= failed;
      return;
    }
    if (this.recovery) return failed || now() - this.recovery.at > LEFTOVER_MS ? this.end(edgeRefusal()) : undefined;
    if (!this.keeper) return;
    const recovery = { at: now(), pending: true, failed };
    this.recovery = recovery;
    this.deps.journal.add("edge", "The edge refused: asking for a new cookie");
    const answer = await this.keeper.renew();
    if (turn !== this.turn) return;
    recovery.pending = false;
    recovery.at = now();
    if (!answer.ok) return this.end(answer.problem);
    this.engine?.recover(recovery.failed);
  }

  private end(problem: Problem): void {
    this.halt();
    const said = problem.kind === "refused" || problem.kind === "signed-out" || problem.kind === "missing";
    this.deps.journal.add("problem", `${problem.title} (${problem.code})`);
    this.update({ state: said ? "refused" : "failed", problem });
  }

  private halt(): number {
    this.keeper?.stop();
    this.keeper = undefined;
    this.session?.leave();
    this.session = undefined;
    return this.haltEngine();
  }

  private haltEngine(): number {
    if (this.engine) {
      // Read before the engine goes: it takes the position with it.
      this.resumeAt = this.snapshot.state === "ended" ? 0 : this.deps.position();
      this.engine.destroy();
    }
    this.engine = undefined;
    this.recovery = undefined;
    return ++this.turn;
  }

  /** Forgets what the last engine showed; what was counted for the title stays. */
  private reset(): void {
    const { renewals, edge } = this.snapshot;
    this.snapshot = { ...INITIAL, renewals, edge };
    this.update({});
  }

  private update(patch: Partial<Snapshot>): void {
    this.snapshot = { ...this.snapshot, ...patch };
    this.deps.onChange(this.snapshot);
  }
}

function status(failure: Failure): string {
  return failure.status ? ` (${failure.status})` : "";
}
