import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** SHA-256 in hex. */
export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

export function sha256OfFile(file: string): string {
  return sha256(readFileSync(file));
}
