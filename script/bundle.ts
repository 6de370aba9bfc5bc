import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, sep } from "node:path";
import { parseArgs } from "node:util";
import { DEPLOYABLE, type Environment } from "../environments/environment";
import { environmentName, loadEnvironment } from "../environments/load";
import { readRelease } from "../stacks/shared/release";
import { synthesise } from "../stacks/synthesise";
import { bundleReadme } from "./bundle-readme";
import { artifactsOf, builtFile, resourcesOfStack } from "./gitops/artifacts";
import { placesOf } from "./gitops/places";
import { sha256OfFile } from "./gitops/sha256";
import { LOCK_FILE } from "./lock";

export interface BundleOptions {
  readonly environment: Environment;
  /** What `npm run build` wrote. */
  readonly dist: string;
  /** The committed lock file. */
  readonly lock: string;
  /** Folder that receives the bundle; emptied first. */
  readonly out: string;
}

/**
 * One environment as a folder of plain Terraform: stack, lock file, artifacts under their keys, manifest and README.
 * The same sources give the same bytes.
 */
export function bundle({ environment, dist, lock, out }: BundleOptions): void {
  if (!existsSync(lock)) throw new Error(`${lock} is missing: write it with npm run lock`);
  assertReplaceable(out);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const stack = synthesised(environment, dist);
  const places = placesOf(environment);
  writeFileSync(join(out, "cdk.tf.json"), stack);
  copyFileSync(lock, join(out, LOCK_FILE));
  for (const artifact of artifactsOf(resourcesOfStack(stack), places.artifactsBucket)) {
    const target = join(out, "artifacts", artifact.key);
    mkdirSync(dirname(target), { recursive: true });
    cpSync(builtFile(dist, artifact), target);
    if (sha256OfFile(target) !== artifact.sha256)
      throw new Error(`${artifact.key}: ${dist} was built from other sources`);
  }
  const { name, account, region } = environment;
  writeFileSync(
    join(out, "README.md"),
    bundleReadme({ environment: name, account, region, ...places, variables: variablesOf(stack) }),
  );
  writeFileSync(join(out, MANIFEST), `${JSON.stringify(manifestOf(out, environment), null, 2)}\n`);
}

const MANIFEST = "manifest.json";

/** What is emptied must be a bundle of before, or nothing. */
function assertReplaceable(out: string): void {
  if (!existsSync(out) || readdirSync(out).length === 0 || existsSync(join(out, "cdk.tf.json"))) return;
  throw new Error(`${out} holds something that is no bundle: name an empty folder with --out`);
}

function synthesised(environment: Environment, dist: string): string {
  const folder = mkdtempSync(join(tmpdir(), "vod-bundle-"));
  try {
    synthesise([environment], readRelease(dist), folder);
    return readFileSync(join(folder, "stacks", `vod-${environment.name}`, "cdk.tf.json"), "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function variablesOf(stack: string): { name: string; description: string }[] {
  const { variable = {} } = JSON.parse(stack) as { variable?: Record<string, { description?: string }> };
  return Object.entries(variable).map(([name, { description = "" }]) => ({ name, description }));
}

function manifestOf(folder: string, { name, account, region }: Environment): object {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => statSync(join(folder, file)).isFile())
    .map((file) => relative(".", file).split(sep).join("/"))
    .sort()
    .map((path) => {
      const file = join(folder, path);
      return { path, sha256: sha256OfFile(file), bytes: statSync(file).size };
    });
  return { environment: name, account, region, files };
}

/** `npm run bundle -- <env> [--out DIR]` */
function main(args: string[], root: string): void {
  const { positionals, values } = parseArgs({ args, allowPositionals: true, options: { out: { type: "string" } } });
  const [given = "", ...more] = positionals;
  const name = DEPLOYABLE.find((each) => each === environmentName(given));
  if (!name || more.length > 0) throw new Error(`usage: npm run bundle -- ${DEPLOYABLE.join("|")} [--out DIR]`);
  const out = values.out ?? join(root, ".local", "bundle", `vod-${name}`);
  const lock = join(root, "terraform", "lock", LOCK_FILE);
  bundle({ environment: loadEnvironment(name), dist: join(root, "dist"), lock, out });
  console.log(`${out}: read its README.md`);
}

if (require.main === module) {
  try {
    main(process.argv.slice(2), dirname(__dirname));
  } catch (error) {
    console.error(`bundle: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
