import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** The JSON value in a file, or undefined where there is no file. */
export function readPrivateJson(file: string): unknown {
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as unknown) : undefined;
}

/** Replaces a file that only its owner may read (mode 0600); a kill in between leaves the old one. */
export function writePrivateJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const temporary = `${file}.new`;
  writeFileSync(temporary, `${JSON.stringify(value, undefined, 1)}\n`, { mode: 0o600 });
  renameSync(temporary, file);
}
