/** Exit codes of the commands: workflows branch on them. */
export const EXIT = {
  ok: 0,
  failed: 1,
  /** Something was not as it must be before anything is touched: nothing was applied. */
  refused: 2,
  /** What would be applied is not what was reviewed: a second approval is needed. */
  mismatch: 3,
} as const;

/** An end that a person has to act on. The message is one line: what happened, and what to do next. */
export class Failure extends Error {
  constructor(
    message: string,
    readonly exit: Exclude<(typeof EXIT)[keyof typeof EXIT], 0> = EXIT.failed,
  ) {
    super(oneLine(message));
    this.name = "Failure";
  }
}

export function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
