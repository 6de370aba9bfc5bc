import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundle } from "../../script/bundle";
import { sha256 } from "../../script/gitops/sha256";
import type { Release } from "../../stacks/shared/release";
import { temporaryDirectory } from "../local/gateway/test-gateway";
import { environment, RELEASE, withDownloads } from "../support/synthesised";

const LOCK = "# the lock file\n";

/** A build of nothing: zips and page hold their own names. */
function built(): { dist: string; lock: string } {
  const dist = temporaryDirectory();
  const write = (path: string, text: string) => writeFileSync(join(dist, path), text);
  mkdirSync(join(dist, "lambda"));
  mkdirSync(join(dist, "player"));
  const lambda: Release["lambda"] = Object.fromEntries(
    Object.entries(RELEASE.lambda).map(([name, file]) => [name, { ...file, sha256: sha256(name) }]),
  );
  const player: Release["player"] = Object.fromEntries(
    Object.entries(RELEASE.player).map(([path, file]) => [path, { ...file, sha256: sha256(path) }]),
  );
  Object.keys(lambda).forEach((name) => write(`lambda/${name}.zip`, name));
  Object.keys(player).forEach((path) => write(`player/${path}`, path));
  write("lambda/manifest.json", JSON.stringify(lambda));
  write("player/manifest.json", JSON.stringify(player));
  write("lock.hcl", LOCK);
  return { dist, lock: join(dist, "lock.hcl") };
}

function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const found = files.filter((file) => statSync(join(folder, file)).isFile()).sort();
  return Object.fromEntries(found.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

describe("the bundle of an environment", () => {
  const dev = withDownloads(environment("dev"));
  const build = built();
  const make = (out: string) => bundle({ environment: dev, ...build, out });

  it("holds stack, lock file, README, every artifact under its key, and a manifest of it all", () => {
    const out = join(temporaryDirectory(), "bundle");
    make(out);
    const { "manifest.json": manifest = "", ...files } = contents(out);
    const keys = Object.keys(files).filter((file) => file.startsWith("artifacts/"));
    expect(keys).toEqual(
      [
        ...Object.keys(RELEASE.lambda).map((name) => `artifacts/lambda/${name}/${sha256(name)}.zip`),
        `artifacts/player/${sha256("index.html")}/index.html`,
      ].sort(),
    );
    expect(files[".terraform.lock.hcl"]).toBe(LOCK);
    expect(JSON.parse(manifest)).toEqual({
      environment: "dev",
      account: dev.account,
      region: dev.region,
      files: Object.entries(files)
        .map(([path, text]) => ({ path, sha256: sha256(text), bytes: Buffer.byteLength(text) }))
        .sort((one, other) => (one.path < other.path ? -1 : 1)),
    });
    const readme = files["README.md"] ?? "";
    expect(readme).toContain(`vod-artifacts-dev-${dev.account}-${dev.region}`);
    for (const variable of Object.keys((JSON.parse(files["cdk.tf.json"] ?? "") as { variable: object }).variable)) {
      expect(readme).toContain(`| \`TF_VAR_${variable}\` |`);
    }
  });

  it("is the same wherever it is made, and replaces the one before", () => {
    const [one, other] = [join(temporaryDirectory(), "a"), join(temporaryDirectory(), "b c")];
    make(one);
    make(other);
    writeFileSync(join(one, "artifacts", "left-over"), "old");
    make(one);
    expect(contents(one)).toEqual(contents(other));
  });

  it("empties no folder that is none of its own", () => {
    const out = temporaryDirectory();
    writeFileSync(join(out, "thesis.txt"), "");
    expect(() => make(out)).toThrow(`${out} holds something that is no bundle: name an empty folder with --out`);
  });

  it("refuses a zip that is not the one in the build's manifest", () => {
    const broken = built();
    writeFileSync(join(broken.dist, "lambda", "list-titles.zip"), "other");
    const out = join(temporaryDirectory(), "out");
    expect(() => bundle({ environment: dev, ...broken, out })).toThrow(
      `lambda/list-titles/${sha256("list-titles")}.zip: ${broken.dist} was built from other sources`,
    );
  });
});
