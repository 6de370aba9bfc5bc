import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { type Aws, UNKNOWN_SHA256 } from "../../../script/gitops/aws";
import { sha256 } from "../../../script/gitops/sha256";

export interface MemoryAws extends Aws {
  /** Objects by `bucket/key`, the one written last at the end. */
  readonly objects: Map<string, Buffer>;
  /** Objects that were put without a checksum. */
  readonly unchecked: Set<string>;
  /** What each function runs. */
  readonly functions: Map<string, string>;
  readonly calls: string[];
}

/** What the flows ask of AWS, in memory. */
export function memoryAws(): MemoryAws {
  const objects = new Map<string, Buffer>();
  const unchecked = new Set<string>();
  const functions = new Map<string, string>();
  const calls: string[] = [];
  return {
    objects,
    unchecked,
    functions,
    calls,
    async put({ bucket, key }, file, expected, { once = false } = {}) {
      const name = `${bucket}/${key}`;
      calls.push(`put ${name}${once ? " once" : ""}`);
      if (once && objects.has(name)) return "taken";
      const content = readFileSync(file);
      if (sha256(content) !== expected) throw new Error(`${name}: S3 would refuse the checksum`);
      objects.delete(name);
      objects.set(name, content);
      return "put";
    },
    async get({ bucket, key }, file) {
      const content = objects.get(`${bucket}/${key}`);
      if (content) writeFileSync(file, content);
      return content !== undefined;
    },
    async sha256({ bucket, key }) {
      const content = objects.get(`${bucket}/${key}`);
      if (unchecked.has(`${bucket}/${key}`)) return UNKNOWN_SHA256;
      return content && sha256(content);
    },
    async keys(bucket, prefix) {
      const names = [...objects.keys()].reverse();
      return names
        .filter((name) => name.startsWith(`${bucket}/${prefix}`))
        .map((name) => name.slice(bucket.length + 1));
    },
    codeSha256: async (name) => functions.get(name),
    async updateCode(name, { bucket, key }) {
      const zip = objects.get(`${bucket}/${key}`);
      if (!zip) throw new Error(`${name}: Lambda would not find ${bucket}/${key}`);
      functions.set(name, createHash("sha256").update(zip).digest("base64"));
    },
  };
}
