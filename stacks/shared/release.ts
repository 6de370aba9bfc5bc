import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a build made: the stacks name artifacts by their content, so that a plan says which code it would run. */
export interface Release {
  readonly lambda: Readonly<Record<string, { readonly file: string; readonly sha256: string; readonly bytes: number }>>;
  readonly player: Readonly<Record<string, PlayerFile>>;
}

export interface PlayerFile {
  readonly sha256: string;
  readonly bytes: number;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** @throws when the build has not been run. */
export function readRelease(dist: string): Release {
  return {
    lambda: manifest(join(dist, "lambda", "manifest.json")) as Release["lambda"],
    player: manifest(join(dist, "player", "manifest.json")) as Release["player"],
  };
}

function manifest(file: string): unknown {
  if (!existsSync(file))
    throw new Error(`${file} is missing: run \`npm run build\` first, since the stacks name artifacts by hash`);
  return JSON.parse(readFileSync(file, "utf8"));
}
