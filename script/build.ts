import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { buildHandlers } from "./build-handlers";
import { buildPlayer } from "./build-player";

/** `npm run build [-- --out DIR]`: everything that is deployed as a file, into `dist/` or the folder named. */
async function main(root: string): Promise<void> {
  const { values } = parseArgs({ options: { out: { type: "string" } } });
  const dist = resolve(root, values.out ?? "dist");
  report("lambda", await buildHandlers({ root, out: join(dist, "lambda") }));
  report("player", await buildPlayer({ root, out: join(dist, "player") }));
}

function report(folder: string, files: Readonly<Record<string, { bytes: number; sha256: string }>>): void {
  for (const [name, { bytes, sha256 }] of Object.entries(files)) {
    console.log(
      `${folder}/${name.padEnd(24)} ${String(Math.ceil(bytes / 1024)).padStart(5)} KB  ${sha256.slice(0, 12)}`,
    );
  }
}

main(resolve(__dirname, "..")).catch((error: unknown) => {
  console.error(`build: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
