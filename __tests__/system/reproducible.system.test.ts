import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { ROOT } from "./running";

const SOURCES = [
  "environments",
  "handlers",
  "job-templates",
  "keys",
  "local",
  "script",
  "stacks",
  "main.ts",
  "package.json",
  "tsconfig.json",
];
const tsx = require.resolve("tsx/cli");

test("built and synthesised elsewhere, by another user, in another time zone and under another umask, every byte is the same", () => {
  const elsewhere = mkdtempSync(join(tmpdir(), "vod elsewhere "));
  try {
    for (const source of SOURCES) cpSync(join(ROOT, source), join(elsewhere, source), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(elsewhere, "node_modules"));
    run(elsewhere, "077", "Asia/Kathmandu", elsewhere, anotherUser(elsewhere));
    const here = mkdtempSync(join(tmpdir(), "vod-here-"));
    run(ROOT, "022", "America/St_Johns", here);
    expect(digests(join(elsewhere, "dist"))).toEqual(digests(join(here, "dist")));
    const synthesised = digests(join(here, "cdktf.out"));
    expect(digests(join(elsewhere, "cdktf.out"))).toEqual(synthesised);
    expect(Object.keys(synthesised).sort()).toEqual([
      "manifest.json",
      ...["bootstrap-dev", "bootstrap-prod", "bootstrap-staging", "dev", "prod", "staging"].map(
        (stack) => `stacks/vod-${stack}/cdk.tf.json`,
      ),
    ]);
    rmSync(here, { recursive: true });
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
}, 120_000);

interface User {
  readonly uid?: number;
  readonly gid?: number;
  readonly env: Readonly<Record<string, string>>;
}

/** By name and home always; by number too where that is root's to do and the packages are readable by everybody. */
function anotherUser(home: string): User {
  const env = { HOME: home, USER: "somebody", LOGNAME: "somebody", TMPDIR: home };
  const nobody = { uid: 65534, gid: 65534 };
  if (process.getuid?.() !== 0) return { env };
  if (spawnSync(process.execPath, [tsx, "--version"], nobody).status !== 0) return { env };
  spawnSync("chown", ["-R", "65534:65534", home]);
  return { ...nobody, env };
}

/** `npm run synth`, as its two steps, into a folder of its own. */
function run(folder: string, umask: string, zone: string, into: string, user?: User): void {
  const script = `umask ${umask} && "$0" "$1" script/build.ts --out "$2/dist" && "$0" "$1" main.ts --dist "$2/dist" --out "$2/cdktf.out"`;
  const { env = {}, ...ids } = user ?? {};
  const options = { cwd: folder, env: { ...process.env, TZ: zone, ...env }, ...ids } as const;
  const { status, stderr } = spawnSync("sh", ["-c", script, process.execPath, tsx, into], {
    ...options,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
}

function digests(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  const digest = (file: string) =>
    createHash("sha256")
      .update(readFileSync(join(folder, file)))
      .digest("hex");
  return Object.fromEntries(files.sort().map((file) => [relative(".", file), digest(file)]));
}
