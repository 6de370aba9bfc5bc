import type { Attack } from "./attack";
import type { Target } from "./target";

/** An attack that came to something else than its row says. */
export interface Surprise {
  readonly id: string;
  readonly got: string;
}

/** Sends attacks one after the other; gives those whose answer is not the row's. What breaks off counts as well. */
export async function surprises(attacks: readonly Attack[], target: Target): Promise<Surprise[]> {
  const found: Surprise[] = [];
  for (const { id, answer, send } of attacks) {
    const got = await send(target).catch((error: unknown) => `broke off: ${String(error)}`);
    if (got !== answer) found.push({ id, got });
  }
  return found;
}
