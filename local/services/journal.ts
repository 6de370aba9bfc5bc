import { appendFileSync, existsSync, readFileSync, renameSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { diskError } from "./disk-error";

/**
 * An append-only file of JSON lines. A line is what makes a change real: whatever a killed process had begun and
 * not written here has not happened.
 */
export class Journal<Entry> {
  constructor(private readonly file: string) {}

  /** All entries, oldest first. A last line without its end is of a write that was cut off, and is dropped. */
  read(): Entry[] {
    if (!existsSync(this.file)) return [];
    const content = readFileSync(this.file);
    const whole = content.lastIndexOf(0x0a) + 1;
    if (whole < content.length) truncateSync(this.file, whole);
    const lines = content.toString("utf8", 0, whole).split("\n").slice(0, -1);
    return lines.map((line, index) => this.parse(line, index + 1));
  }

  append(entry: Entry): void {
    const before = this.size();
    try {
      appendFileSync(this.file, `${JSON.stringify(entry)}\n`);
    } catch (error) {
      // Half a line would spoil the next one.
      if (this.size() > before) truncateSync(this.file, before);
      throw diskError(error, dirname(this.file));
    }
  }

  /** Replaces everything, in one step. */
  rewrite(entries: readonly Entry[]): void {
    const temporary = `${this.file}.new`;
    writeFileSync(temporary, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(""));
    renameSync(temporary, this.file);
  }

  private size(): number {
    return existsSync(this.file) ? statSync(this.file).size : 0;
  }

  private parse(line: string, number: number): Entry {
    try {
      return JSON.parse(line) as Entry;
    } catch {
      throw new Error(
        `${this.file}:${number}: not JSON; the index is damaged, delete ${dirname(this.file)} to begin anew`,
      );
    }
  }
}
