import { end, lastUntil, SESSION_ID, type Slots, take } from "../../../handlers/shared/stream-slots";

const LIFE = 300_000;
const asking = (session: string, now: number, limit = 2) => ({ session, limit, now, until: now + LIFE });
/** Takes slots one after another, at the times given. */
const playing = (limit: number, ...sessions: [string, number][]): Slots =>
  sessions.reduce<Slots>((slots, [session, now]) => take(slots, asking(session, now, limit)).slots ?? slots, {});

test("sessions take slots until none is free", () => {
  const two = playing(2, ["a", 0], ["b", 1]);
  expect(two).toEqual({ a: { since: 0, until: LIFE }, b: { since: 1, until: LIFE + 1 } });
  expect(take(two, asking("c", 2))).toEqual({ outcome: "exhausted" });
});

test("asking again renews the slot, and twice is once", () => {
  const two = playing(2, ["a", 0], ["b", 1]);
  const again = take(two, asking("a", 1000));
  expect(again).toEqual({ outcome: "held", slots: { ...two, a: { since: 0, until: LIFE + 1000 } } });
  expect(take(again.slots ?? {}, asking("a", 1000))).toEqual(again);
});

test("a renewal that comes late does not shorten the slot", () => {
  const renewed = playing(1, ["a", 0], ["a", 1000]);
  expect(take(renewed, asking("a", 500, 1)).slots).toEqual({ a: { since: 0, until: LIFE + 1000 } });
});

test("a slot ends by itself with its cookie, to the millisecond", () => {
  const one = playing(1, ["a", 0]);
  expect(take(one, asking("b", LIFE - 1, 1)).outcome).toBe("exhausted");
  expect(take(one, asking("b", LIFE, 1))).toEqual({
    outcome: "held",
    slots: { b: { since: LIFE, until: 2 * LIFE } },
  });
});

test("a slot that is given up is free at once", () => {
  const freed = end(playing(1, ["a", 0]), "a", 10, 10 + LIFE) ?? {};
  expect(take(freed, asking("b", 11, 1)).outcome).toBe("held");
});

test("giving up twice is giving up once", () => {
  const freed = end(playing(1, ["a", 0]), "a", 10, 10 + LIFE) ?? {};
  expect(end(freed, "a", 20, 20 + LIFE)).toBeUndefined();
});

test("a request that was under way does not take the slot again, whichever comes first", () => {
  const freed = end(playing(1, ["a", 0]), "a", 10, 10 + LIFE) ?? {};
  expect(take(freed, asking("a", 11, 1))).toEqual({ outcome: "ended" });
  const before = end({}, "a", 10, 10 + LIFE) ?? {};
  expect(take(before, asking("a", 11, 1))).toEqual({ outcome: "ended" });
  expect(take(before, asking("b", 11, 1)).outcome).toBe("held");
});

test("where the limit was lowered, the oldest sessions stay and the newest lose", () => {
  const three = playing(3, ["c", 0], ["a", 1], ["b", 2]);
  const outcomes = ["c", "a", "b"].map((session) => take(three, asking(session, 3, 2)).outcome);
  expect(outcomes).toEqual(["held", "held", "exhausted"]);
});

test("of sessions that began in the same millisecond the name decides, so that one of them stays", () => {
  const two = playing(2, ["b", 0], ["a", 0]);
  expect(["a", "b"].map((session) => take(two, asking(session, 1, 1)).outcome)).toEqual(["held", "exhausted"]);
});

test("a limit of none lets nobody play", () => {
  expect(take({}, asking("a", 0, 0)).outcome).toBe("exhausted");
});

test("ended sessions are forgotten beyond twenty, the oldest first, and held ones never", () => {
  let slots = playing(1, ["held", 0]);
  for (let index = 1; index <= 30; index += 1) slots = end(slots, `s${index}`, index, index + LIFE) ?? slots;
  expect(Object.keys(slots)).toEqual(["held", ...Array.from({ length: 20 }, (_, index) => `s${index + 11}`)]);
});

test("the item may go when its last slot has ended", () => {
  expect([lastUntil(playing(2, ["a", 0], ["b", 5])), lastUntil({})]).toEqual([LIFE + 5, 0]);
});

test.each([
  ["f47ac10b-58cc-4372-a567-0e02b2c3d479", true],
  ["0123456789abcdef", true],
  ["0123456789abcde", false],
  ["a".repeat(65), false],
  ["../0123456789abcdef", false],
  ["0123456789abcdef\n", false],
])("the session %j is well formed: %s", (session, formed) => {
  expect(SESSION_ID.test(session)).toBe(formed);
});
