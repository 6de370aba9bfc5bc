import type { Clock } from "../../kernel/clock";

/** Microsteps within a millisecond, so that writes of the same millisecond are ordered. */
const STEPS = 65_536n;

/**
 * The `sequencer` of S3's events: hexadecimal of constant length, so that comparing text compares age
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html). Never goes back,
 * whatever the clock does.
 */
export class Sequencer {
  private last = 0n;

  constructor(
    private readonly clock: Clock,
    /** Sequencers given out before a restart. */
    earlier: Iterable<string>,
  ) {
    for (const sequencer of earlier) {
      const value = BigInt(`0x${sequencer}`);
      if (value > this.last) this.last = value;
    }
  }

  /** 18 digits. */
  next(): string {
    const now = BigInt(Math.floor(this.clock())) * STEPS;
    this.last = now > this.last ? now : this.last + 1n;
    return this.last.toString(16).toUpperCase().padStart(18, "0");
  }
}
