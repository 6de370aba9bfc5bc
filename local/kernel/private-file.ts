import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * The JSON value in a file, or undefined where there is no file.
 * @param what is in it and how to have it made anew, for whoever meets a damaged one
 * @throws what is not JSON, without quoting what is in the file, as the parser's own message would
 */
export function readPrivateJson(file: string, what: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(`${file}: not readable as JSON, expected ${what}`);
  }
}

/** Replaces a file that only its owner may read (mode 0600); a kill in between leaves the old one. */
export function writePrivateJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.new`;
  writeFileSync(temporary, `${JSON.stringify(value, undefined, 1)}\n`, { mode: 0o600 });
  // `mode` counts only for a file that is made; one left over from a crash keeps its own.
  chmodSync(temporary, 0o600);
  renameSync(temporary, file);
}
