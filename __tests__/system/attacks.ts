import { ATTACKS } from "../attacks/rows";
import { targetOf, type Target } from "../attacks/target";
import type { Running } from "./running";

/** Every row of the attack table, sent to the platform that runs, one after the other. */
export function attacks(running: () => Running): void {
  let target: Target;
  beforeAll(async () => {
    target = await targetOf(running().report, running().state);
  });

  test.each(ATTACKS.map((attack) => [attack.id, attack] as const))("attack %s", async (_id, { answer, send }) => {
    expect(await send(target)).toBe(answer);
  });
}
