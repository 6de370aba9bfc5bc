import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

interface Package {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly dependencies: readonly string[];
}

/**
 * The licences of everything that a bundle of `inputs` (paths below `root`) ships: the packages bundled, what those
 * depend on (their published builds contain it), and the notices that their builds carry. Throws when one has none.
 */
export async function collectLicences(root: string, inputs: readonly string[]): Promise<string> {
  const queue = inputs.flatMap((input) => /(?:^|:)node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []);
  const parts = new Map<string, string>();
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (parts.has(name)) continue;
    const folder = join(root, "node_modules", name);
    const found = await describePackage(folder);
    parts.set(name, `${found.name} ${found.version} (${found.licence})\n\n${await licenceText(folder, found)}`);
    queue.push(...found.dependencies);
  }
  const sorted = [...parts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  sorted.push(await readFile(join(root, "local", "player", "notices.txt"), "utf8"));
  return sorted.map((part) => `${part.replace(/\r/g, "").trim()}\n`).join(`\n${"-".repeat(80)}\n\n`);
}

async function describePackage(folder: string): Promise<Package> {
  const { name, version, license, dependencies } = JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as {
    name: string;
    version: string;
    license?: string;
    dependencies?: Record<string, string>;
  };
  if (!license)
    throw new Error(`script/player-licences.ts: ${name} ${version} names no licence, so it cannot be shipped`);
  return { name, version, licence: license, dependencies: Object.keys(dependencies ?? {}) };
}

/** The licence file; where a package ships none, what its package.json declares has to do. */
async function licenceText(folder: string, { licence }: Package): Promise<string> {
  const file = (await readdir(folder)).filter((name) => /^(licen[cs]e|copying)(\.|$)/i.test(name)).sort()[0];
  return file ? readFile(join(folder, file), "utf8") : `Licensed under ${licence}; the package holds no licence file.`;
}
