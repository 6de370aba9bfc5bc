import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { unzipSync } from "fflate";
import { buildHandlers, type Manifest } from "../../script/build-handlers";

const run = promisify(execFile);
const ROOT = resolve(__dirname, "../..");
const NAMES = [
  "accept-uploads",
  "check-playback",
  "confirm-playable",
  "edit-title",
  "end-session",
  "get-title",
  "list-titles",
  "measure-backlog",
  "mint-download",
  "mint-playback",
  "receive-beacons",
  "record-failure",
  "register-asset",
  "submit-transcode",
];

let folder: string;
let here: Manifest;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "build-"));
  here = await buildHandlers({ root: ROOT, out: join(folder, "here") });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const zipOf = (out: string, name: string) => readFile(join(folder, out, `${name}.zip`));

test("every handler is a zip of one module, and the manifest says its size and hash", async () => {
  expect(JSON.parse(await readFile(join(folder, "here", "manifest.json"), "utf8"))).toEqual(here);
  expect(Object.keys(here)).toEqual(NAMES);
  for (const [name, { file, sha256, bytes }] of Object.entries(here)) {
    const zip = await zipOf("here", name);
    expect([file, sha256, bytes]).toEqual([
      `${name}.zip`,
      createHash("sha256").update(zip).digest("hex"),
      zip.byteLength,
    ]);
    expect(Object.keys(unzipSync(zip))).toEqual(["index.mjs"]);
  }
});

test("the same sources give the same bytes in another folder, whatever a tsconfig there says", async () => {
  const clone = join(folder, "another", "clone");
  await mkdir(clone, { recursive: true });
  await cp(join(ROOT, "handlers"), join(clone, "handlers"), { recursive: true });
  await symlink(join(ROOT, "node_modules"), join(clone, "node_modules"));
  await writeFile(
    join(clone, "tsconfig.json"),
    '{"compilerOptions":{"useDefineForClassFields":false,"target":"ES2017"}}',
  );
  expect(await buildHandlers({ root: clone, out: join(folder, "there") })).toEqual(here);
}, 60_000);

test("nothing in a bundle tells where it was built", async () => {
  for (const name of NAMES) {
    const code = new TextDecoder().decode(unzipSync(await zipOf("here", name))["index.mjs"]);
    expect([name, code.includes(ROOT), code.includes(folder)]).toEqual([name, false, false]);
  }
});

test("a zip's entries have a fixed date and can be read by everyone", async () => {
  const zip = await zipOf("here", "list-titles");
  const central = zip.indexOf(Buffer.from("PK\x01\x02", "latin1"));
  const [time, date] = [zip.readUInt16LE(central + 12), zip.readUInt16LE(central + 14)];
  expect([date >> 9, (date >> 5) & 15, date & 31, time >> 11]).toEqual([0, 1, 1, 12]);
  expect(zip.readUInt32LE(central + 38) >>> 16).toBe(0o100644);
});

test.each(NAMES)("%s starts from its file, and names every variable that is missing", async (name) => {
  const home = join(folder, "unpacked", name);
  await mkdir(home, { recursive: true });
  await writeFile(join(home, "index.mjs"), unzipSync(await zipOf("here", name))["index.mjs"] ?? "");
  const report = 'import("./index.mjs").catch((error) => console.log(error.message))';
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", report], {
    cwd: home,
    env: { PATH: process.env.PATH },
  });
  expect(stdout).toMatch(
    new RegExp(`^${name}: set these environment variables of the function: \\w+ is missing(; \\w+ is missing)*\\n$`),
  );
});

test("the zip of a handler that is gone does not stay behind, and a folder without handlers is an error", async () => {
  const out = join(folder, "small");
  const root = join(folder, "small-root");
  await mkdir(join(root, "handlers", "one"), { recursive: true });
  await mkdir(join(root, "handlers", "shared"), { recursive: true });
  await writeFile(join(root, "handlers", "one", "index.ts"), "export const handler = () => 1;");
  await mkdir(out);
  await writeFile(join(out, "old.zip"), "");
  await buildHandlers({ root, out });
  expect((await readdir(out)).sort()).toEqual(["manifest.json", "one.zip"]);
  await rm(join(root, "handlers", "one"), { recursive: true });
  await expect(buildHandlers({ root, out })).rejects.toThrow(
    new Error(`${join(root, "handlers")}: no handler found; each is a folder with an index.ts`),
  );
});
