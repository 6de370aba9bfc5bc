import type { Playback } from "./mint";
import { isTransient, type Problem } from "./problem";
import type { Result } from "./result";

const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 15_000;

export interface CookieKeeper {
  /** The cookie is renewed while a title plays; a paused page asks for nothing. */
  setPlaying(playing: boolean): void;
  /** Renews at once; calls at the same time share one request. */
  renew(): Promise<Result<Playback>>;
  stop(): void;
}

export interface CookieKeeperDeps {
  /** The answer that came with the first cookie. */
  readonly first: Playback;
  mint(): Promise<Result<Playback>>;
  /** Milliseconds; only differences are used. */
  now(): number;
  /** Runs `task` once after `ms`; the returned function cancels it. */
  schedule(task: () => void, ms: number): () => void;
  onRenewed(playback: Playback): void;
  /** The service said no: playback must end. */
  onRefused(problem: Problem): void;
  /** No answer, or a passing fault: tried again after `retryMs`, while what is buffered plays on. */
  onDelayed(problem: Problem, retryMs: number): void;
}

/** Keeps a title's signed cookie fresh while it plays. */
export function keepCookie(deps: CookieKeeperDeps): CookieKeeper {
  let dueAt = deps.now() + deps.first.refreshAfterSeconds * 1000;
  let retryMs = FIRST_RETRY_MS;
  let playing = false;
  let stopped = false;
  let cancel: (() => void) | undefined;
  let pending: Promise<Result<Playback>> | undefined;

  const plan = (): void => {
    cancel?.();
    cancel = undefined;
    if (!playing || stopped) return;
    cancel = deps.schedule(() => void renew(), Math.max(0, dueAt - deps.now()));
  };
  const settle = (answer: Result<Playback>): void => {
    if (stopped) return;
    if (answer.ok) {
      dueAt = deps.now() + answer.value.refreshAfterSeconds * 1000;
      retryMs = FIRST_RETRY_MS;
      deps.onRenewed(answer.value);
    } else if (isTransient(answer.problem)) {
      const wait = Math.max(retryMs, (answer.problem.retryAfterSeconds ?? 0) * 1000);
      dueAt = deps.now() + wait;
      retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      deps.onDelayed(answer.problem, wait);
    } else {
      stopped = true;
      deps.onRefused(answer.problem);
    }
    plan();
  };
  const renew = (): Promise<Result<Playback>> => {
    pending ??= deps.mint().then((answer) => {
      pending = undefined;
      settle(answer);
      return answer;
    });
    return pending;
  };
  return {
    setPlaying(next) {
      if (playing === next) return;
      playing = next;
      plan();
    },
    renew,
    stop() {
      stopped = true;
      plan();
    },
  };
}
