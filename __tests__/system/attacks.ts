import { letOutsidersIn } from "../attacks/callers";
import { type Restart, rotateAll } from "../attacks/retired";
import { ATTACKS } from "../attacks/rows";
import { targetOf, type Target } from "../attacks/target";
import type { Running } from "./running";

/** Every row of the attack table, sent to the platform that runs, one after the other, once its keys were rotated. */
export function attacks(running: () => Running, restart: Restart): void {
  let target: Target;
  beforeAll(async () => {
    const { report, state } = running();
    await rotateAll(report, state, (whileStopped) =>
      restart(() => {
        letOutsidersIn(state);
        whileStopped();
      }),
    );
    target = await targetOf(running().report, state);
  }, 60_000);

  test.each(ATTACKS.map((attack) => [attack.id, attack] as const))("attack %s", async (_id, { answer, send }) => {
    expect(await send(target)).toBe(answer);
  });
}
