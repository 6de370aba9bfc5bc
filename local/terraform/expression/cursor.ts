import { ExpressionError } from "./syntax";

/** A position in the text of an expression, with the few ways in which the parsers move it. */
export class Cursor {
  position = 0;

  constructor(readonly text: string) {}

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.position);
  }

  /** Moves past `text` if it stands here. */
  take(text: string): boolean {
    if (!this.startsWith(text)) return false;
    this.position += text.length;
    return true;
  }

  /** Moves past what a sticky pattern matches here, and returns it. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  expect(text: string, where: string): void {
    if (!this.take(text)) throw this.failure(`expected ${text} ${where}, got ${this.here()}`);
  }

  /** Skips spaces and line breaks; true when there was a line break. */
  skipSpace(): boolean {
    return this.match(/\s*/y)?.includes("\n") ?? false;
  }

  failure(problem: string): ExpressionError {
    return new ExpressionError(problem);
  }

  /** The next character as it is named in an error. */
  here(): string {
    const next = this.text.codePointAt(this.position);
    return next === undefined ? "the end" : JSON.stringify(String.fromCodePoint(next));
  }
}
