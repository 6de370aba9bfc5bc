import { randomBytes } from "node:crypto";
import type { Clock } from "../../kernel/clock";

/** Values behind keys that nobody can guess, in memory, each for a limited time. */
export class TimedValues<T> {
  private readonly held = new Map<string, { readonly value: T; readonly endsAt: number }>();

  constructor(
    private readonly lifeSeconds: number,
    private readonly clock: Clock,
  ) {}

  /** Keeps a value and gives its key. */
  put(value: T): string {
    const now = this.clock();
    for (const [key, { endsAt }] of this.held) if (endsAt <= now) this.held.delete(key);
    const key = randomBytes(32).toString("base64url");
    this.held.set(key, { value, endsAt: now + 1000 * this.lifeSeconds });
    return key;
  }

  get(key: string): T | undefined {
    const found = this.held.get(key);
    return found && found.endsAt > this.clock() ? found.value : undefined;
  }

  /** The value, and nothing for the key from then on. */
  take(key: string): T | undefined {
    const value = this.get(key);
    this.held.delete(key);
    return value;
  }
}
