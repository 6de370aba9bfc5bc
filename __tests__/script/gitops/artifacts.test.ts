import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  artifactsOf,
  functionsOf,
  resourcesOfPlan,
  resourcesOfStack,
  uploadArtifacts,
  verifyArtifacts,
  verifyFunctions,
} from "../../../script/gitops/artifacts";
import { sha256 } from "../../../script/gitops/sha256";
import { readFileSync } from "node:fs";
import { environment, RELEASE, synthesised, withDownloads } from "../../support/synthesised";
import { temporaryDirectory } from "../../local/gateway/test-gateway";
import { memoryAws } from "./memory-aws";

const BUCKET = "vod-artifacts-dev-111111111111-eu-west-1";
const ZIP = { key: `lambda/mint-playback/${sha256("zip")}.zip`, sha256: sha256("zip") };
const PAGE = { key: `player/${sha256("page")}/index.html`, sha256: sha256("page") };

function built(): string {
  const dist = temporaryDirectory();
  mkdirSync(join(dist, "lambda"));
  mkdirSync(join(dist, "player"));
  writeFileSync(join(dist, "lambda", "mint-playback.zip"), "zip");
  writeFileSync(join(dist, "player", "index.html"), "page");
  return dist;
}

describe("what a stack takes from the artifacts bucket", () => {
  it("is every zip and page file of the build, by content", () => {
    const resources = resourcesOfStack(readFileSync(synthesised(withDownloads(environment("dev"))).file, "utf8"));
    const hashes = [...Object.values(RELEASE.lambda), ...Object.values(RELEASE.player)].map((file) => file.sha256);
    expect(artifactsOf(resources, BUCKET).map((artifact) => artifact.sha256)).toEqual(
      expect.arrayContaining(hashes.sort()),
    );
    expect(artifactsOf(resources, BUCKET)).toHaveLength(hashes.length);
    expect(functionsOf(resources)).toHaveLength(Object.keys(RELEASE.lambda).length);
  });

  it("is read from a plan by what will be there", () => {
    const values = { s3_bucket: BUCKET, s3_key: ZIP.key };
    const resources = [
      { type: "aws_lambda_function", values },
      { type: "aws_s3_object_copy", values: { source: `${BUCKET}/${PAGE.key}` } },
      { type: "aws_s3_object_copy", values: { source: "elsewhere/file" } },
    ];
    const plan = JSON.stringify({ planned_values: { root_module: { resources } } });
    expect(artifactsOf(resourcesOfPlan(plan), BUCKET)).toEqual([ZIP, PAGE]);
    expect(resourcesOfPlan(JSON.stringify({ planned_values: { root_module: {} } }))).toEqual([]);
  });

  it.each([
    "lambda/mint-playback/latest.zip",
    `lambda/../x/${sha256("zip")}.zip`,
    `player/${sha256("page")}/../x`,
    "anything",
  ])("must be named by content: %s is refused", (key) => {
    const named = [{ type: "aws_lambda_function", values: { s3_bucket: BUCKET, s3_key: key } }];
    expect(() => artifactsOf(named, BUCKET)).toThrow(
      `the stack takes ${key} from ${BUCKET}: it must be lambda/<handler>/<sha256>.zip or player/<sha256>/<path>, so that a key is its content`,
    );
  });
});

describe("uploading", () => {
  it("puts each file once, and leaves what is there", async () => {
    const aws = memoryAws();
    const lines: string[] = [];
    const upload = () =>
      uploadArtifacts({ aws, bucket: BUCKET, artifacts: [ZIP, PAGE], dist: built(), log: (line) => lines.push(line) });
    await upload();
    await upload();
    expect(aws.calls).toEqual([...twice(`put ${BUCKET}/${ZIP.key} once`, `put ${BUCKET}/${PAGE.key} once`)]);
    expect(lines).toEqual(["artifacts: 2 uploaded, 0 there already", "artifacts: 0 uploaded, 2 there already"]);
  });

  it("refuses a build of other sources before anything is put", async () => {
    const aws = memoryAws();
    const dist = built();
    writeFileSync(join(dist, "player", "index.html"), "other");
    const upload = uploadArtifacts({ aws, bucket: BUCKET, artifacts: [ZIP, PAGE], dist, log: () => undefined });
    await expect(upload).rejects.toMatchObject({
      message: `${join(dist, "player", "index.html")} has sha256 ${sha256("other")}, the stack names ${PAGE.sha256}: build and synthesise from the same sources with npm run synth`,
      exit: 2,
    });
    expect(aws.calls).toEqual([]);
  });

  it("says what to do without a build", async () => {
    const upload = uploadArtifacts({
      aws: memoryAws(),
      bucket: BUCKET,
      artifacts: [ZIP],
      dist: "/nowhere",
      log: () => undefined,
    });
    await expect(upload).rejects.toThrow("/nowhere/lambda/mint-playback.zip is missing: build with npm run build");
  });

  it("refuses other content under a key", async () => {
    const aws = memoryAws();
    aws.objects.set(`${BUCKET}/${ZIP.key}`, Buffer.from("evil"));
    const upload = uploadArtifacts({ aws, bucket: BUCKET, artifacts: [ZIP], dist: built(), log: () => undefined });
    await expect(upload).rejects.toMatchObject({
      message: `s3://${BUCKET}/${ZIP.key} has sha256 ${sha256("evil")} and not the content of its name: nothing was applied; find out who wrote it, delete that version and upload again`,
      exit: 2,
    });
  });
});

describe("before an apply", () => {
  it("everything must be there", async () => {
    const aws = memoryAws();
    aws.objects.set(`${BUCKET}/${PAGE.key}`, Buffer.from("page"));
    await expect(verifyArtifacts(aws, BUCKET, [PAGE])).resolves.toBeUndefined();
    await expect(verifyArtifacts(aws, BUCKET, [ZIP, PAGE])).rejects.toMatchObject({
      message: `1 of 2 artifacts are not in ${BUCKET}: ${ZIP.key}; nothing was applied; upload them (npx tsx script/gitops/cli.ts upload) and apply again`,
      exit: 2,
    });
  });

  it("what S3 never checked is not trusted", async () => {
    const aws = memoryAws();
    aws.objects.set(`${BUCKET}/${ZIP.key}`, Buffer.from("zip"));
    aws.unchecked.add(`${BUCKET}/${ZIP.key}`);
    await expect(verifyArtifacts(aws, BUCKET, [ZIP])).rejects.toThrow("has no SHA-256 of S3's own");
  });
});

describe("after an apply", () => {
  it("each function must run what was planned", async () => {
    const aws = memoryAws();
    aws.functions.set("vod-a-dev", "planned=").set("vod-b-dev", "by-hand=");
    const a = { name: "vod-a-dev", codeSha256: "planned=" };
    await expect(verifyFunctions(aws, [a])).resolves.toBeUndefined();
    const b = { name: "vod-b-dev", codeSha256: "planned=" };
    const c = { name: "vod-c-dev", codeSha256: "planned=" };
    await expect(verifyFunctions(aws, [a, b, c])).rejects.toMatchObject({
      message:
        "applied, but not the code that was planned: vod-b-dev runs by-hand= and not planned=; vod-c-dev runs nothing and not planned=; find out who deployed it, then apply again",
      exit: 1,
    });
  });
});

function* twice(...items: string[]): Generator<string> {
  yield* items;
  yield* items;
}
