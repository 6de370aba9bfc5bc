/** Who plays what at the same time: a slot for each playing session of a viewer. */

/** Names a playing session; the player makes it up, so that asking twice is asking once. */
export const SESSION_ID = /^[A-Za-z0-9_-]{16,64}$/;

/** `held`: may play. `exhausted`: every slot is another session's. `ended`: this session was given up. */
export type SlotOutcome = "held" | "exhausted" | "ended";

export interface Slot {
  /** Milliseconds since 1970: when the session was first seen, which says who came first. */
  readonly since: number;
  /** Milliseconds since 1970: when its cookie ends, and with it the slot. */
  readonly until: number;
  /** Given up before its time; kept until then, so that a request that was under way does not take the slot again. */
  readonly ended?: boolean;
}

export type Slots = Readonly<Record<string, Slot>>;

/** Ended sessions that are remembered, the newest; a client that makes up more of them only forgets its own. */
const MAX_ENDED = 20;

interface Taking {
  readonly session: string;
  readonly limit: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** End of the cookie that is to be minted, milliseconds since 1970. */
  readonly until: number;
}

/**
 * Takes a slot, or renews it. The oldest sessions keep theirs: where the limit was lowered meanwhile, the newest lose.
 * Safe twice and out of order: a renewal never shortens a slot, and an ended session stays ended.
 */
export function take(slots: Slots, { session, limit, now, until }: Taking): { slots?: Slots; outcome: SlotOutcome } {
  const current = alive(slots, now);
  const mine = current[session];
  if (mine?.ended) return { outcome: "ended" };
  const since = mine?.since ?? now;
  const before = Object.entries(current).filter(
    ([id, slot]) => id !== session && !slot.ended && cameBefore([id, slot.since], [session, since], mine !== undefined),
  );
  if (before.length >= limit) return { outcome: "exhausted" };
  return {
    slots: { ...current, [session]: { since, until: Math.max(mine?.until ?? 0, until) } },
    outcome: "held",
  };
}

/** Gives a slot up. Without effect twice, and remembered when it comes before the request that takes the slot. */
export function end(slots: Slots, session: string, now: number, until: number): Slots | undefined {
  const current = alive(slots, now);
  const mine = current[session];
  if (mine?.ended) return undefined;
  const ended: Slot = { since: mine?.since ?? now, until: Math.max(mine?.until ?? 0, until), ended: true };
  return forgetful({ ...current, [session]: ended });
}

/** When nothing in the slots counts any more, milliseconds since 1970. */
export function lastUntil(slots: Slots): number {
  return Math.max(0, ...Object.values(slots).map(({ until }) => until));
}

function alive(slots: Slots, now: number): Slots {
  return Object.fromEntries(Object.entries(slots).filter(([, { until }]) => until > now));
}

/** A session that is new comes after all that are there; those that are there go by age, then by name. */
function cameBefore(other: [string, number], mine: [string, number], known: boolean): boolean {
  if (!known) return true;
  return other[1] === mine[1] ? other[0] < mine[0] : other[1] < mine[1];
}

function forgetful(slots: Slots): Slots {
  const ended = Object.entries(slots).filter(([, slot]) => slot.ended);
  const dropped = ended.sort(([, a], [, b]) => b.since - a.since).slice(MAX_ENDED);
  return Object.fromEntries(Object.entries(slots).filter(([id]) => !dropped.some(([old]) => old === id)));
}
