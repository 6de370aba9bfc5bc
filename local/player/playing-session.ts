import type { Playback } from "./mint";
import type { Result } from "./result";

/** From one start of a title to its stop. Where streams at a time are limited it holds a slot, which it frees by itself. */
export interface PlayingSession {
  /** Asks for a cookie, the first or the next. */
  mint(): Promise<Result<Playback>>;
  /** Nothing is played any more. */
  leave(): void;
}

export interface PlayingSessionDeps {
  /** Made up by this page; the same for every request of the session. */
  readonly id: string;
  mint(id: string): Promise<Result<Playback>>;
  /** Frees the session's slot. */
  free(id: string): void;
}

export function playingSession({ id, mint, free }: PlayingSessionDeps): PlayingSession {
  let holds = false;
  let left = false;
  const settle = (): void => {
    if (!holds || !left) return;
    holds = false;
    free(id);
  };
  return {
    async mint() {
      const answer = await mint(id);
      // An answer that comes after the viewer has left brings a slot that nobody needs.
      if (answer.ok) holds = answer.value.holdsSlot;
      settle();
      return answer;
    },
    leave() {
      left = true;
      settle();
    },
  };
}
