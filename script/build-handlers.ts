import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { deterministicZip } from "./build-zip";

export interface BuildOptions {
  /** Folder that holds `handlers/` and `node_modules/`. */
  readonly root: string;
  /** Folder that receives the zips and `manifest.json`. */
  readonly out: string;
}

/** What the stacks read: which zip is a handler's, and which bytes it has. */
export type Manifest = Record<string, { file: string; sha256: string; bytes: number }>;

/** Dependencies in CommonJS call `require`, which ES modules lack. */
const REQUIRE_BANNER = `import { createRequire as __createRequire } from "node:module";const require = __createRequire(import.meta.url);`;

/** One zip a handler, and the manifest; equal sources give equal bytes in any folder, time zone and umask. */
export async function buildHandlers({ root, out }: BuildOptions): Promise<Manifest> {
  const names = await handlerNames(root);
  await mkdir(out, { recursive: true });
  await removeOld(out);
  const modules = await bundle(root, names);
  const manifest: Manifest = {};
  for (const name of names) {
    const zip = deterministicZip({ "index.mjs": modules.get(name) ?? missing(name) });
    const file = `${name}.zip`;
    await writeFile(join(out, file), zip);
    manifest[name] = { file, sha256: createHash("sha256").update(zip).digest("hex"), bytes: zip.byteLength };
  }
  await writeFile(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

/** Every folder of `handlers/` with an `index.ts`, sorted. */
async function handlerNames(root: string): Promise<string[]> {
  const folder = join(root, "handlers");
  const names = (await readdir(folder)).filter((name) => existsSync(join(folder, name, "index.ts"))).sort();
  if (names.length > 0) return names;
  throw new Error(`${folder}: no handler found; each is a folder with an index.ts`);
}

/** The zip of a handler that is gone must not stay behind. */
async function removeOld(out: string): Promise<void> {
  const old = (await readdir(out)).filter((name) => name.endsWith(".zip") || name === "manifest.json");
  await Promise.all(old.map((name) => rm(join(out, name))));
}

/** The module of each handler; bundled in one go, so that what they share is read once. */
async function bundle(root: string, names: readonly string[]): Promise<Map<string, Uint8Array>> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: names.map((name) => ({ in: `./handlers/${name}/index.ts`, out: name })),
    outdir: "bundles", // named in no output; nothing is written there
    outExtension: { ".js": ".mjs" },
    write: false,
    bundle: true,
    platform: "node",
    format: "esm",
    target: "node22",
    // The SDK's ES modules can be tree-shaken, its CommonJS cannot: two thirds of the size, half of the start.
    mainFields: ["module", "main"],
    banner: { js: REQUIRE_BANNER },
    // Names stay, so that stack traces can be read.
    minifyWhitespace: true,
    minifySyntax: true,
    charset: "utf8",
    legalComments: "eof",
    // Nothing outside the sources decides the output: neither a tsconfig above nor where node_modules really is.
    tsconfigRaw: "{}",
    preserveSymlinks: true,
    logLevel: "silent",
  });
  return new Map(outputFiles.map(({ path, contents }) => [basename(path, ".mjs"), contents]));
}

function missing(name: string): never {
  throw new Error(`handlers/${name}/index.ts: esbuild gave no output`);
}
