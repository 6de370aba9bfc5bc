import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { withBlock } from "../../script/made-block";
import { pictures } from "../../script/pictures/architecture";
import { ASTERISK } from "../../script/pictures/graph";
import { routesPicture } from "../../script/pictures/routes";
import { environment, synthesised } from "../support/synthesised";

const FILE = resolve(__dirname, "../../docs/architecture.md");

const [mediapackage, direct] = (["mediapackage", "direct"] as const).map(
  (topology) => synthesised(environment("prod", topology)).document.resource,
);
const made = pictures(mediapackage!, direct!);

test("the pictures are those of the stack; UPDATE_DOCS=1 draws them anew", () => {
  const drawn = Object.entries(made).reduce(
    (document, [name, picture]) => withBlock("docs/architecture.md", document, name, picture),
    readFileSync(FILE, "utf8"),
  );
  if (process.env.UPDATE_DOCS === "1") writeFileSync(FILE, drawn);
  expect(readFileSync(FILE, "utf8")).toBe(drawn);
});

test("the stages' picture has all six, in order, and what passes from each to the next", () => {
  const [first = ""] = (made.stages ?? "").split("<details>");
  expect([...first.matchAll(/^ {2}subgraph (\w+)$/gm)].map(([, frame]) => frame)).toEqual([
    "ingest",
    "transcode",
    "package",
    "deliver",
    "entitle",
    "operate",
  ]);
  for (const arrow of [
    'bucket_source -->|"Object Created"| function_submit_transcode',
    'mediaconvert -->|"COMPLETE"| function_register_asset',
    'function_register_asset -->|"CreateAsset"| mediapackage',
    `mediapackage -->|"/v1/${ASTERISK}"| edge`,
  ]) {
    expect(first).toContain(`  ${arrow}\n`);
  }
});

test("in topology direct there is no MediaPackage in any picture", () => {
  for (const picture of Object.values(made)) {
    expect(picture.split("<details>")[0]).toContain("MediaPackage");
    expect(picture.split("<details>")[1]).not.toContain("MediaPackage");
  }
});

test("every path of the distribution is in the routes' picture, media behind the cookie", () => {
  expect(made.routes).toContain(`"/v1/${ASTERISK}, anything else<br>signed cookie<br>kept a year"`);
  for (const path of ["/v1/*.m3u8", "/v1/*.mpd", "/play/*", "/api/*", "/posters/*", "/app/*"]) {
    expect(made.routes).toContain(path.replace("*", ASTERISK));
  }
});

test("only the mint reads signing keys, and only CloudFront and MediaPackage take packaged media out", () => {
  const [first = ""] = (made.access ?? "").split("<details>");
  const named = (id: string) => new RegExp(`^ +${id}\\W+"(.+?)"`, "m").exec(first)?.[1];
  const readers = (store: string) =>
    [...first.matchAll(new RegExp(`^ {2}(\\w+) -->\\|"reads"\\| ${store}$`, "gm"))].map(([, id = ""]) => named(id));
  expect(readers("aws_secretsmanager_secret_signing_sample_a")).toEqual(["mint-playback"]);
  expect(readers("aws_s3_bucket_packaged")).toEqual(["MediaPackage VOD", "CloudFront"]);
});

test("rules of the firewall stand in the order of their priority, however the stack lists them", () => {
  const acl = mediapackage!.aws_wafv2_web_acl!.edge!;
  const backwards = { ...acl, rule: [...(acl.rule as object[])].reverse() };
  expect(routesPicture({ ...mediapackage!, aws_wafv2_web_acl: { edge: backwards } })).toBe(
    routesPicture(mediapackage!),
  );
});
