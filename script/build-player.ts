import { build, type Metafile } from "esbuild";
import { createHash } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { collectLicences } from "./player-licences";

/** One file of the page, as the stack uploads it under `app/`. */
export interface PlayerFile {
  /** Hex. */
  readonly sha256: string;
  readonly bytes: number;
  readonly contentType: string;
  readonly cacheControl: string;
}

export type PlayerManifest = Readonly<Record<string, PlayerFile>>;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
};

/** The path that the viewer sees: absolute in the page, which is served as `/app`, `/app/` and `/app/index.html`. */
const PUBLIC_PATH = "/app/";

/**
 * Builds the player page from `local/player` of the project at `root` into the folder `out`, which it empties first,
 * and describes the files in `out/manifest.json`. The same sources give the same bytes, wherever they lie.
 */
export async function buildPlayer({ root, out }: { root: string; out: string }): Promise<PlayerManifest> {
  const source = join(root, "local", "player");
  const { outputFiles, metafile } = await bundle(root);
  const files = new Map<string, Uint8Array>(
    outputFiles.map(({ path, contents }) => [path.split(/[\\/]/).at(-1) ?? path, contents]),
  );

  const page = fillIn(await readFile(join(source, "index.html"), "utf8"), {
    script: PUBLIC_PATH + outputOf(metafile, "main.ts"),
    style: PUBLIC_PATH + outputOf(metafile, "style.css"),
    icon: PUBLIC_PATH + outputOf(metafile, "icon.svg"),
  });
  files.set("index.html", Buffer.from(page));
  files.set("licenses.txt", Buffer.from(await collectLicences(root, Object.keys(metafile.inputs))));

  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  await Promise.all(sorted.map(([name, contents]) => writeFile(join(out, name), contents)));
  const manifest = Object.fromEntries(sorted.map(([name, contents]) => [name, describe(name, contents)]));
  await writeFile(join(out, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

async function bundle(root: string) {
  return build({
    absWorkingDir: root,
    entryPoints: ["local/player/main.ts", "local/player/style.css", "local/player/icon.svg"],
    outdir: "app", // named in no output; nothing is written there
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    splitting: true, // each engine is a chunk of its own, fetched when it is first wanted
    format: "esm",
    platform: "browser",
    target: ["chrome111", "firefox115", "safari16.4"],
    loader: { ".svg": "copy" },
    plugins: [
      { name: "hls-worker-source", setup: asText("hls-worker-source", join("hls.js", "dist", "hls.worker.js")) },
    ],
    preserveSymlinks: true, // paths, and so hashes, are those below the root, wherever node_modules really lies
    minify: true,
    legalComments: "none", // licenses.txt holds them
    charset: "utf8",
    metafile: true,
    write: false,
    logLevel: "silent",
  });
}

/** Makes an import give the text of a file instead of running it. */
function asText(name: string, file: string) {
  return (api: Parameters<NonNullable<Parameters<typeof build>[0]["plugins"]>[number]["setup"]>[0]): void => {
    const root = api.initialOptions.absWorkingDir ?? "";
    api.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path: join("node_modules", file), namespace: "text" }));
    api.onLoad({ filter: /.*/, namespace: "text" }, async ({ path }) => ({
      contents: await readFile(join(root, path), "utf8"),
      loader: "text",
    }));
  };
}

/** The hashed name that an entry point was given. */
function outputOf(metafile: Metafile, entry: string): string {
  const path = `local/player/${entry}`;
  const found = Object.entries(metafile.outputs).find(([, { entryPoint, inputs }]) =>
    entryPoint === undefined ? Object.keys(inputs).includes(path) : entryPoint === path,
  );
  if (!found) throw new Error(`script/build-player.ts: esbuild gave no output for ${path}`);
  return found[0].split("/").at(-1) ?? found[0];
}

function fillIn(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined)
      throw new Error(
        `local/player/index.html: {{${name}}} is not known, use one of ${Object.keys(values).join(", ")}`,
      );
    return value;
  });
}

function describe(name: string, contents: Uint8Array): PlayerFile {
  const contentType = CONTENT_TYPES[extname(name)];
  if (!contentType) throw new Error(`script/build-player.ts: no content type for ${name}`);
  const hashed = /-[A-Z0-9]{8}\.\w+$/.test(name);
  return {
    sha256: createHash("sha256").update(contents).digest("hex"),
    bytes: contents.byteLength,
    contentType,
    cacheControl: hashed ? "public, max-age=31536000, immutable" : "public, max-age=60",
  };
}
