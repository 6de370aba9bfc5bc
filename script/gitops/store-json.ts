import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Aws, Place, PutOptions } from "./aws";
import { withScratch } from "./scratch";
import { sha256 } from "./sha256";

/** Puts a value as JSON. */
export function putJson(aws: Aws, place: Place, value: unknown, options?: PutOptions): Promise<"put" | "taken"> {
  return withScratch(async (folder) => {
    const text = `${JSON.stringify(value, null, 2)}\n`;
    const file = join(folder, "value.json");
    writeFileSync(file, text);
    return aws.put(place, file, sha256(text), options);
  });
}

/** A value that {@link putJson} put; undefined where there is none. */
export function getJson(aws: Aws, place: Place): Promise<unknown> {
  return withScratch(async (folder) => {
    const file = join(folder, "value.json");
    return (await aws.get(place, file)) ? (JSON.parse(readFileSync(file, "utf8")) as unknown) : undefined;
  });
}
