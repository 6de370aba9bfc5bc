import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildPlayer, type PlayerManifest } from "../../script/build-player";

const ROOT = resolve(__dirname, "../..");
const work = mkdtempSync(join(tmpdir(), "vod-player-"));
const out = join(work, "first");
let manifest: PlayerManifest;

beforeAll(async () => {
  manifest = await buildPlayer({ root: ROOT, out });
}, 30_000);
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Another clone: the same sources in another folder, its modules shared. */
function clone(name: string): string {
  const root = join(work, name);
  cpSync(join(ROOT, "local", "player"), join(root, "local", "player"), { recursive: true });
  cpSync(join(ROOT, "tsconfig.json"), join(root, "tsconfig.json"));
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  return root;
}

const text = (name: string): string => readFileSync(join(out, name), "utf8");
const named = (pattern: RegExp): string => {
  const names = Object.keys(manifest).filter((name) => pattern.test(name));
  expect(names).toHaveLength(1);
  return names[0] ?? "";
};

describe("the built page", () => {
  test("is described file by file", () => {
    expect(readdirSync(out).sort()).toEqual([...Object.keys(manifest), "manifest.json"].sort());
    expect(JSON.parse(text("manifest.json"))).toEqual(manifest);
    for (const [name, { sha256, bytes }] of Object.entries(manifest)) {
      const contents = readFileSync(join(out, name));
      expect([name, createHash("sha256").update(contents).digest("hex"), contents.length]).toEqual([
        name,
        sha256,
        bytes,
      ]);
    }
  });

  test("is cached for a year where the name tells the content, and for a minute where not", () => {
    const brief = Object.entries(manifest).filter(([, { cacheControl }]) => cacheControl === "public, max-age=60");
    expect(brief.map(([name]) => name)).toEqual(["index.html", "licenses.txt"]);
    const rest = Object.keys(manifest).filter((name) => !["index.html", "licenses.txt"].includes(name));
    for (const name of rest) {
      expect(name).toMatch(/-[A-Z0-9]{8}\.(js|css|svg)$/);
      expect(manifest[name]?.cacheControl).toBe("public, max-age=31536000, immutable");
    }
  });

  test("states the types of its files", () => {
    const types = new Set(
      Object.entries(manifest).map(([name, { contentType }]) => `${name.split(".").at(-1)} ${contentType}`),
    );
    expect([...types].sort()).toEqual([
      "css text/css; charset=utf-8",
      "html text/html; charset=utf-8",
      "js text/javascript; charset=utf-8",
      "svg image/svg+xml",
      "txt text/plain; charset=utf-8",
    ]);
  });

  test("names only files that are there, from the root, since /app has no folder of its own", () => {
    const addresses = [...text("index.html").matchAll(/(?:href|src)="([^"#]+)"/g)].map(([, address]) => address ?? "");
    expect(addresses).toHaveLength(4);
    for (const address of addresses) expect(Object.keys(manifest)).toContain(address.replace(/^\/app\//, ""));
  });

  test("fetches an engine only when it is wanted", () => {
    const main = named(/^main-/);
    expect(manifest[main]?.bytes).toBeLessThan(60_000);
    expect(text(main)).toContain(`import("./${named(/^hls-engine-/)}")`);
    expect(text(main)).toContain(`import("./${named(/^dash-engine-/)}")`);
  });

  test("keeps the licences of all it ships", () => {
    const licences = text("licenses.txt");
    for (const part of ["hls.js ", "dashjs ", "Brightcove", "codem-isoboxer", "Arnout Kazemier", "Dash Industry Forum"])
      expect(licences).toContain(part);
  });

  test("tells nothing of the machine that built it", () => {
    for (const name of readdirSync(out)) expect(text(name)).not.toContain(ROOT);
  });
});

test("the same sources give the same bytes in another folder", async () => {
  const root = clone("elsewhere");
  expect(await buildPlayer({ root, out: join(root, "dist", "player") })).toEqual(manifest);
}, 30_000);

test("a changed source changes its name, and leaves nothing of the old build", async () => {
  const root = clone("changed");
  const target = join(root, "out");
  const style = join(root, "local", "player", "style.css");
  cpSync(out, target, { recursive: true });
  writeFileSync(style, `${readFileSync(style, "utf8")}\nmain{gap:1px}`);
  const changed = Object.keys(await buildPlayer({ root, out: target }));
  expect(changed.filter((name) => !(name in manifest))).toEqual([expect.stringMatching(/^style-/)]);
  expect(readdirSync(target)).not.toContain(named(/^style-/));
}, 30_000);
