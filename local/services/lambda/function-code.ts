import { createHash } from "node:crypto";
import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, normalize, isAbsolute } from "node:path";
import { unzipSync } from "fflate";
import type { FunctionConfig } from "./functions";

/** Reads a deployed bundle from the artifacts bucket. */
export type FetchZip = (bucket: string, key: string) => Promise<Buffer>;

export interface FunctionCodeOptions {
  readonly fetchZip: FetchZip;
  /** Bundles are unpacked to `<directory>/<function>/<digest>`. */
  readonly directory: string;
  readonly ids: () => string;
}

/**
 * Loads a function's unpacked code once per process. Rejects when the zip is not the one that the stack was synthesised
 * with, as AWS's own check of `source_code_hash` would show in the next plan.
 */
export function createFunctionCode(options: FunctionCodeOptions): (config: FunctionConfig) => Promise<string> {
  const loads = new Map<string, Promise<string>>();
  return (config) => {
    const known = loads.get(config.name);
    if (known) return known;
    const load = unpack(config, options);
    loads.set(config.name, load);
    // A failed load is tried again at the next start of an instance: the bucket may have been filled since.
    load.catch(() => loads.delete(config.name));
    return load;
  };
}

async function unpack(config: FunctionConfig, { fetchZip, directory, ids }: FunctionCodeOptions): Promise<string> {
  const zip = await fetchZip(config.bucket, config.key);
  const digest = createHash("sha256").update(zip).digest();
  const got = digest.toString("base64");
  if (config.sourceCodeHash !== undefined && config.sourceCodeHash !== got) {
    throw new Error(
      `${config.name}: s3://${config.bucket}/${config.key} has SHA-256 ${got}, the stack names ${config.sourceCodeHash}; build and synthesise again`,
    );
  }
  const target = join(directory, config.name, digest.toString("hex").slice(0, 16));
  if (await exists(target)) return target;
  // Unpacked aside and renamed, so that a kill half-way leaves no half bundle under the final name.
  const temporary = `${target}.${ids()}`;
  await writeFiles(temporary, unzipSync(zip), config);
  await rename(temporary, target).catch(async (error: NodeJS.ErrnoException) => {
    await rm(temporary, { recursive: true });
    if (!(await exists(target))) throw error;
  });
  return target;
}

async function writeFiles(directory: string, files: Record<string, Uint8Array>, config: FunctionConfig): Promise<void> {
  for (const [name, bytes] of Object.entries(files)) {
    if (name.endsWith("/")) continue;
    const path = normalize(name);
    if (isAbsolute(path) || path.startsWith("..")) {
      throw new Error(
        `${config.name}: s3://${config.bucket}/${config.key} holds "${name}", which is outside the bundle`,
      );
    }
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
