/** Digits that a sequencer is padded to, so that plain text comparison orders them. */
const SEQUENCER_DIGITS = 32;

/** Digits of the preparation counter behind the sequencer. */
const COUNTER_DIGITS = 4;

/**
 * Orders versions of one title. S3: pad the shorter sequencer with zeros on its right and compare the texts
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html). Sequencers of *different*
 * keys do not compare, so a version that a side-car starts is ordered behind its mezzanine's version by a counter.
 */
export function orderOf(sequencer: string): string {
  return sequencer.toLowerCase().padEnd(SEQUENCER_DIGITS, "0") + "0".repeat(COUNTER_DIGITS);
}

/** The order of the next preparation of the same mezzanine. */
export function orderAfter(order: string): string {
  const counter = Number.parseInt(order.slice(SEQUENCER_DIGITS), 16) + 1;
  return order.slice(0, SEQUENCER_DIGITS) + counter.toString(16).padStart(COUNTER_DIGITS, "0");
}
