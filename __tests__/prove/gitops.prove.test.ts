import { copyFileSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { lock, LOCK_FILE } from "../../script/lock";
import { OPERATOR } from "../local/gateway/test-gateway";
import { CANARY, PLAYER, type Rig, startRig } from "../script/gitops/rig";
import { findProviderMirror, has, testWith } from "../support/tools";
import type { ApplyRecord } from "../../script/gitops/record";

const mirror = findProviderMirror();
const scenario = testWith(
  "terraform with the AWS provider, and the AWS command line",
  has("terraform", "version") && has("aws") && mirror !== undefined,
  "REQUIRE_TERRAFORM",
);
const LOCK = resolve(__dirname, "..", "..", "terraform", "lock");
const MINUTES = 5 * 60_000;

/** One account's story: each scenario goes on where the one before has left it. */
describe("the flow, with real Terraform against this project's S3", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig(mirror ?? "");
  });
  afterAll(async () => {
    await rig.stop();
  });

  const lastLine = ({ lines }: { lines: readonly string[] }): string => lines.at(-1) ?? "";
  const runs = async (): Promise<ApplyRecord[]> => {
    const kept = await rig.s3.list(OPERATOR, rig.places.stateBucket, rig.places.records);
    const read = (key: string) => rig.s3.read(OPERATOR, rig.places.stateBucket, key);
    return Promise.all(kept.map(async ({ key }) => JSON.parse((await read(key)).toString()) as ApplyRecord));
  };
  const lastRecord = async (): Promise<ApplyRecord | undefined> => (await runs()).at(-1);
  /** Plans a pull request, merges it and saves its fresh plan. */
  const merged = async (run: number, tree: string) => {
    expect(await rig.review(run, tree)).toMatchObject({ code: 0 });
    const fresh = await rig.fresh(run + 1, tree);
    expect(fresh).toMatchObject({ code: 0, outputs: { parity: "match" } });
    return fresh;
  };

  scenario(
    "1. a first apply makes what the pull request showed, and is recorded with its approver",
    async () => {
      const tree = rig.build({});
      const fresh = await merged(10, tree);
      rig.github.approvals["11"] = ["noor"];
      expect(await rig.apply(11, tree, fresh)).toMatchObject({ code: 0 });
      expect(await lastRecord()).toMatchObject({
        environment: "dev",
        run: "11",
        tree,
        actor: "mia",
        approvers: ["noor"],
        digest: fresh.outputs.digest,
        planSha256: fresh.outputs["plan-sha256"],
        parity: "match",
        outcome: "applied",
        url: "https://github.com/owner/vod/actions/runs/11",
      });
      expect((await rig.s3.head(OPERATOR, PLAYER, "app/index.html")).contentType).toBe("text/html");
    },
    MINUTES,
  );

  scenario(
    "2. a run without changes saves no plan and asks for no approval",
    async () => {
      const before = await runs();
      const fresh = await rig.fresh(20, rig.build({}));
      expect(fresh).toMatchObject({ code: 0, outputs: { changes: "false", parity: "nothing to do" } });
      expect(fresh.outputs["plan-key"]).toBeUndefined();
      expect(await runs()).toEqual(before);
    },
    MINUTES,
  );

  scenario(
    "3. a change whose fresh plan is the reviewed one is applied, and the function runs the reviewed code",
    async () => {
      const tree = rig.build({ code: "second" });
      const fresh = await merged(30, tree);
      expect(await rig.apply(31, tree, fresh)).toMatchObject({
        code: 0,
        lines: ["update aws_lambda_function.submit_transcode", "applied 1 changes to dev, recorded as run 31"],
      });
    },
    MINUTES,
  );

  scenario(
    "4. a mismatch is applied only once a person has approved its digest",
    async () => {
      const tree = rig.build({ code: "second", cacheControl: "max-age=120" });
      expect(await rig.review(40, tree)).toMatchObject({ code: 0 });
      await changeByHand("no-store");
      const fresh = await rig.fresh(41, tree);
      const { digest = "" } = fresh.outputs;
      const line = `error: not what was reviewed: aws_s3_object.config: update, with other values than reviewed; read the fresh plan and approve dev-mismatch to apply exactly it (digest ${digest})`;
      expect([fresh.code, lastLine(fresh)]).toEqual([3, line]);
      const unapproved = await rig.apply(41, tree, fresh);
      expect([unapproved.code, lastLine(unapproved)]).toEqual([3, line]);
      expect(await rig.apply(41, tree, fresh, "--accept", digest)).toMatchObject({ code: 0 });
      expect(await lastRecord()).toMatchObject({ run: "41", digest, parity: "mismatch approved" });
    },
    MINUTES,
  );

  scenario(
    "5. a plan that another apply has overtaken is stale, and nothing of it is applied",
    async () => {
      const tree = rig.build({ code: "second", cacheControl: "max-age=180" });
      const overtaken = await merged(50, tree);
      const fresh = await rig.fresh(52, tree);
      expect(await rig.apply(52, tree, fresh)).toMatchObject({ code: 0 });
      const stale = await rig.apply(51, tree, overtaken);
      expect([stale.code, lastLine(stale)]).toEqual([
        2,
        "error: the saved plan is stale: the state has changed since it was made, so nothing was applied; plan again and have that plan approved",
      ]);
      expect(await lastRecord()).toMatchObject({ run: "51", outcome: "failed", applied: [] });
    },
    MINUTES,
  );

  scenario(
    "6. a saved plan that was tampered with is not even read",
    async () => {
      const tree = rig.build({ code: "third", cacheControl: "max-age=180" });
      const fresh = await merged(60, tree);
      const key = fresh.outputs["plan-key"] ?? "";
      const plan = await rig.s3.read(OPERATOR, rig.places.stateBucket, key);
      await rig.s3.put(OPERATOR, rig.places.stateBucket, key, Buffer.from("another plan"));
      const before = await runs();
      const tampered = await rig.apply(61, tree, fresh);
      expect(tampered.code).toBe(2);
      expect(lastLine(tampered)).toMatch(
        /^error: the saved plan was tampered with: s3:\/\/\S+ has sha256 [0-9a-f]{64}, approved was [0-9a-f]{64}; nothing was applied;/,
      );
      expect(await runs()).toEqual(before);
      await rig.s3.put(OPERATOR, rig.places.stateBucket, key, plan);
    },
    MINUTES,
  );

  scenario(
    "7. a held lock names its holder, its age and the run to look at",
    async () => {
      const lock = { ID: "1b2c", Operation: "OperationTypeApply", Who: "runner@vm-1", Created: "2026-01-02T03:04:05Z" };
      const lockKey = "vod/dev/vod-dev.tfstate.tflock";
      await rig.s3.put(OPERATOR, rig.places.stateBucket, lockKey, Buffer.from(JSON.stringify(lock)));
      const cut: Partial<ApplyRecord> = {
        run: "65",
        actor: "ben",
        outcome: "started",
        url: "https://github.com/run/65",
      };
      const cutKey = rig.places.record(new Date(), "65");
      await rig.s3.put(OPERATOR, rig.places.stateBucket, cutKey, Buffer.from(JSON.stringify(cut)));
      const tree = rig.build({ code: "third", cacheControl: "max-age=180" });
      const held = await rig.apply(70, tree, await rig.fresh(70, tree));
      for (const key of [lockKey, cutKey]) await rig.aws("s3", "rm", `s3://${rig.places.stateBucket}/${key}`);
      expect([held.code, lastLine(held)]).toEqual([
        2,
        "error: the state is locked since 2026-01-02 03:04:05 +0000 UTC by runner@vm-1 (OperationTypeApply): run 65 (https://github.com/run/65) by ben has not ended: see whether it is still at work; only if it is not: terraform force-unlock 1b2c",
      ]);
    },
    MINUTES,
  );

  scenario(
    "8. a zip that is missing at apply stops it before Terraform, and an upload mends it",
    async () => {
      const tree = rig.build({ code: "third", cacheControl: "max-age=180" });
      const fresh = await rig.fresh(80, tree);
      expect(fresh).toMatchObject({ code: 0, outputs: { parity: "match" } });
      const [zip] = (await rig.s3.list(OPERATOR, rig.places.artifactsBucket, "lambda/")).slice(-1);
      await rig.aws("s3", "rm", "--recursive", `s3://${rig.places.artifactsBucket}/lambda/`);
      const missing = await rig.apply(80, tree, fresh);
      expect(zip).toBeDefined();
      expect(missing.code).toBe(2);
      expect(lastLine(missing)).toMatch(
        /^error: 1 of 2 artifacts are not in \S+: lambda\/submit-transcode\/[0-9a-f]{64}\.zip; nothing was applied; upload them/,
      );
      expect(await rig.step(80, "upload")).toMatchObject({
        code: 0,
        lines: ["artifacts: 1 uploaded, 1 there already"],
      });
      expect(await rig.apply(80, tree, fresh)).toMatchObject({ code: 0 });
    },
    MINUTES,
  );

  scenario(
    "9. other content under an artifact's key is refused at upload and at apply",
    async () => {
      const tree = rig.build({ code: "fourth", cacheControl: "max-age=180" });
      const fresh = await merged(90, tree);
      const [newest] = (await rig.s3.list(OPERATOR, rig.places.artifactsBucket, "lambda/")).sort(
        (one, other) => other.lastModified.getTime() - one.lastModified.getTime(),
      );
      const { key = "" } = newest ?? {};
      const genuine = await rig.s3.read(OPERATOR, rig.places.artifactsBucket, key);
      await rig.s3.put(OPERATOR, rig.places.artifactsBucket, key, Buffer.from("evil"));
      const wrong = `error: s3://${rig.places.artifactsBucket}/${key} has no SHA-256 of S3's own and not the content of its name: nothing was applied; find out who wrote it, delete that version and upload again`;
      for (const refused of [await rig.apply(91, tree, fresh), await rig.step(92, "upload")]) {
        expect([refused.code, lastLine(refused)]).toEqual([2, wrong]);
      }
      await rig.aws("s3", "rm", `s3://${rig.places.artifactsBucket}/${key}`);
      expect(genuine.toString()).toBe("fourth");
      expect(await rig.step(92, "upload")).toMatchObject({ code: 0 });
    },
    MINUTES,
  );

  scenario(
    "10. an apply that fails half-way says what was done, and the next plans what is left",
    async () => {
      const tree = rig.build({ code: "fourth", cacheControl: "max-age=240" });
      const fresh = await merged(100, tree);
      rig.lambda.refuse("PUT code", "AccessDeniedException");
      const failed = await rig.apply(101, tree, fresh);
      expect(failed.code).toBe(1);
      expect(lastLine(failed)).toMatch(
        /^error: apply stopped half-way: done: update aws_s3_object\.config; not done: update aws_lambda_function\.submit_transcode: terraform apply failed: .*AccessDeniedException.*; mend the cause and run the apply again/,
      );
      expect(await lastRecord()).toMatchObject({
        run: "101",
        outcome: "partial",
        applied: [{ address: "aws_s3_object.config", action: "update" }],
      });
      rig.lambda.refuse("PUT code", undefined);
      const rest = await rig.fresh(102, tree);
      expect([rest.code, lastLine(rest)]).toEqual([
        3,
        expect.stringContaining(
          "aws_lambda_function.submit_transcode (code): update now, was not in the reviewed plan",
        ),
      ]);
      expect(await rig.apply(102, tree, rest, "--accept", rest.outputs.digest ?? "")).toMatchObject({
        code: 0,
        lines: ["update aws_lambda_function.submit_transcode (code)", "applied 1 changes to dev, recorded as run 102"],
      });
    },
    MINUTES,
  );

  scenario(
    "11. drift opens one issue, and an empty plan closes it",
    async () => {
      const tree = rig.build({ code: "fourth", cacheControl: "max-age=240" });
      await changeByHand("no-store");
      rig.lambda.deployByHand("vod-submit-transcode-dev", Buffer.from("by-hand").toString("base64"));
      expect(await rig.step(110, "drift")).toMatchObject({ code: 0, lines: ["dev: drift, issue: opened"] });
      expect(await rig.step(111, "drift")).toMatchObject({ code: 0, lines: ["dev: drift, issue: updated"] });
      expect(rig.github.issues).toMatchObject([{ title: "Drift: dev", state: "OPEN" }]);
      expect(rig.github.issues[0]?.body).toContain("aws_s3_object.config");
      expect(rig.github.issues[0]?.body).toContain("`vod-submit-transcode-dev` runs code `YnktaGFuZA==`");
      const fresh = await rig.fresh(112, tree);
      expect(fresh.code).toBe(3);
      expect(await rig.apply(112, tree, fresh, "--accept", fresh.outputs.digest ?? "")).toMatchObject({ code: 0 });
      expect(await rig.step(113, "drift")).toMatchObject({ code: 0, lines: ["dev: no drift, issue: closed"] });
      expect(rig.github.issues).toMatchObject([{ state: "CLOSED" }]);
    },
    MINUTES,
  );

  scenario(
    "12. destroy asks for the typed name, is refused in production, and destroys exactly its approved plan",
    async () => {
      const tree = rig.build({ code: "fourth", cacheControl: "max-age=240" });
      const prod = await rig.step(120, "destroy", "--env", "prod", "--tree", tree, "--confirm", "destroy prod");
      expect([prod.code, lastLine(prod)]).toEqual([
        2,
        'error: prod is not destroyed: set "destroyable": true in environments/prod.json by a reviewed pull request first',
      ]);
      const untyped = await rig.step(120, "destroy", "--tree", tree, "--confirm", "yes");
      expect([untyped.code, lastLine(untyped)]).toEqual([
        2,
        'error: to destroy dev type exactly "destroy dev", got "yes"',
      ]);
      const confirmed = ["--confirm", "destroy dev"];
      const planned = await rig.step(121, "destroy", "--tree", tree, ...confirmed, "--out", `${rig.directory}/out/121`);
      expect(planned).toMatchObject({ code: 0, outputs: { changes: "true" } });
      expect(await rig.apply(121, tree, planned, "--destroy", ...confirmed)).toMatchObject({ code: 0 });
      expect(await lastRecord()).toMatchObject({ run: "121", parity: "destroy", outcome: "applied" });
      expect(await rig.s3.list(OPERATOR, PLAYER, "")).toEqual([]);
    },
    MINUTES,
  );

  scenario(
    "npm run lock writes the committed file again",
    async () => {
      const out = mkdtempSync(join(tmpdir(), "vod-lock-"));
      copyFileSync(join(LOCK, LOCK_FILE), join(out, LOCK_FILE));
      lock({ out, mirror: mirror ?? "", platforms: ["linux_amd64"] });
      expect(readFileSync(join(out, LOCK_FILE), "utf8")).toBe(readFileSync(join(LOCK, LOCK_FILE), "utf8"));
    },
    MINUTES,
  );

  scenario("whatever happened, the secret was shown nowhere", async () => {
    expect(rig.shown.length).toBeGreaterThan(50);
    expect(rig.shown.filter((text) => text.includes(CANARY))).toEqual([]);
  });

  /** Changes a managed object behind Terraform's back. */
  async function changeByHand(cacheControl: string): Promise<void> {
    const object = ["--bucket", PLAYER, "--key", "app/config.json", "--copy-source", `${PLAYER}/app/config.json`];
    const headers = ["--content-type", "application/json", "--cache-control", cacheControl];
    await rig.aws("s3api", "copy-object", ...object, "--metadata-directive", "REPLACE", ...headers);
  }
});
