import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildHandlers, type Manifest } from "../../../script/build-handlers";
import type { SourceChange } from "./mutation";

/** Copies the handlers below `out`, changes them, and builds their zips; `out` then serves as a `dist`. */
export async function builtHandlers(root: string, out: string, changes: readonly SourceChange[]): Promise<void> {
  mkdirSync(out, { recursive: true });
  cpSync(join(root, "handlers"), join(out, "handlers"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(out, "node_modules"));
  for (const { file, from, to } of changes) {
    const path = join(out, "handlers", file);
    const pieces = readFileSync(path, "utf8").split(from);
    if (pieces.length !== 2) throw new Error(`handlers/${file} must hold this once, and holds it ${pieces.length - 1} times: ${from}`); // prettier-ignore
    writeFileSync(path, pieces.join(to));
  }
  await buildHandlers({ root: out, out: join(out, "lambda") });
}

/** A stack's text that names the zips of one `dist`, made to name those of another. */
export function namingZips(stack: string, dist: string, other: string): string {
  const [before, after] = [dist, other].map(
    (folder) => JSON.parse(readFileSync(join(folder, "lambda", "manifest.json"), "utf8")) as Manifest,
  );
  return Object.entries(before ?? {}).reduce((text, [name, { sha256 }]) => {
    const changed = after?.[name]?.sha256 ?? sha256;
    const base64 = (hex: string): string => Buffer.from(hex, "hex").toString("base64");
    return text.replaceAll(sha256, changed).replaceAll(base64(sha256), base64(changed));
  }, stack);
}
