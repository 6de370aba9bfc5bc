import type { Playback } from "../../../local/player/mint";
import { playingSession } from "../../../local/player/playing-session";
import { explain } from "../../../local/player/problem";
import { ok, refused, type Result } from "../../../local/player/result";

const PLAYBACK: Playback = { assetId: "a", manifests: {}, refreshAfterSeconds: 180, holdsSlot: true };

function setUp(...answers: (Result<Playback> | Promise<Result<Playback>>)[]) {
  const minted: string[] = [];
  const freed: string[] = [];
  const session = playingSession({
    id: "s1",
    mint: async (id) => {
      minted.push(id);
      const answer = answers.shift();
      if (!answer) throw new Error("mint was not expected");
      return answer;
    },
    free: (id) => freed.push(id),
  });
  return { session, minted, freed };
}

test("a session keeps its name from cookie to cookie, and frees its slot once when it is left", async () => {
  const { session, minted, freed } = setUp(ok(PLAYBACK), ok(PLAYBACK));
  await session.mint();
  await session.mint();
  expect([minted, freed]).toEqual([["s1", "s1"], []]);
  session.leave();
  session.leave();
  expect(freed).toEqual(["s1"]);
});

test("a session without a slot, or that was refused one, has nothing to free", async () => {
  const unlimited = setUp(ok({ ...PLAYBACK, holdsSlot: false }));
  await unlimited.session.mint();
  unlimited.session.leave();
  const full = setUp(refused(explain({ status: 403, code: "STREAM_LIMIT_REACHED" })));
  await full.session.mint();
  full.session.leave();
  expect([unlimited.freed, full.freed]).toEqual([[], []]);
});

test("a slot that comes after the viewer has left is freed as it comes", async () => {
  let answer: (playback: Result<Playback>) => void = () => undefined;
  const { session, freed } = setUp(new Promise<Result<Playback>>((resolve) => (answer = resolve)));
  const asked = session.mint();
  session.leave();
  expect(freed).toEqual([]);
  answer(ok(PLAYBACK));
  await asked;
  expect(freed).toEqual(["s1"]);
});
