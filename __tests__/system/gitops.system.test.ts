import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundle } from "../../script/bundle";
import type { ApplyRecord } from "../../script/gitops/record";
import { terraformIn } from "../../script/gitops/terraform";
import { OPERATOR } from "../local/gateway/test-gateway";
import { CANARY, type Rig, startRig } from "../script/gitops/rig";
import { environment } from "../support/synthesised";
import { ROOT } from "./running";
import { findProviderMirror, has, testWith } from "../support/tools";

const terraformIsHere = has("terraform", "version");
const mirror = findProviderMirror();
const withTools = testWith("terraform and the AWS command line", terraformIsHere && has("aws"), "REQUIRE_TERRAFORM");
const withProvider = testWith(
  "terraform with the AWS provider",
  terraformIsHere && mirror !== undefined,
  "REQUIRE_TERRAFORM",
);

/** Three of the scenarios of `__tests__/prove/gitops.prove.test.ts`, on a stack that needs no provider. */
describe("the flow from pull request to apply", () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(async () => {
    await rig.stop();
  });

  withTools(
    "applies exactly what was reviewed, and keeps a record",
    async () => {
      const tree = rig.build({});
      expect(await rig.review(1, tree)).toMatchObject({ code: 0 });
      const fresh = await rig.step(2, "plan", "--save", "--tree", tree, "--out", join(rig.directory, "fresh"));
      expect(fresh).toMatchObject({ code: 0, outputs: { changes: "true", parity: "match" } });
      expect(await rig.apply(2, tree, fresh)).toMatchObject({ code: 0 });
      const [kept] = await rig.s3.list(OPERATOR, rig.places.stateBucket, rig.places.records);
      const text = await rig.s3.read(OPERATOR, rig.places.stateBucket, kept?.key ?? "");
      expect(JSON.parse(text.toString()) as ApplyRecord).toMatchObject({
        run: "2",
        tree,
        parity: "match",
        outcome: "applied",
      });
    },
    60_000,
  );

  withTools(
    "refuses what was not reviewed, saying what it is",
    async () => {
      const tree = rig.build({ code: "second" });
      const fresh = await rig.step(3, "plan", "--save", "--tree", tree, "--out", join(rig.directory, "fresh"));
      expect(fresh.code).toBe(3);
      expect(fresh.lines.at(-1)).toBe(
        `error: not what was reviewed: no plan of tree ${tree.slice(0, 12)} was reviewed; read the fresh plan and approve dev-mismatch to apply exactly it (digest ${fresh.outputs.digest})`,
      );
      expect(await rig.apply(3, tree, fresh)).toMatchObject({ code: 3 });
    },
    60_000,
  );

  withTools(
    "refuses a saved plan whose bytes are not those that were approved",
    async () => {
      const tree = rig.build({ code: "second" });
      const key = `${rig.places.savedPlans}4/x.tfplan`;
      await rig.s3.put(OPERATOR, rig.places.stateBucket, key, Buffer.from("another plan"));
      const outputs = { "plan-key": key, "plan-sha256": "0".repeat(64) };
      const tampered = await rig.apply(4, tree, { code: 0, lines: [], outputs });
      expect(tampered.code).toBe(2);
      expect(tampered.lines.at(-1)).toMatch(/^error: the saved plan was tampered with: /);
    },
    60_000,
  );

  withTools("shows the secret nowhere", async () => {
    expect(rig.shown.length).toBeGreaterThan(5);
    expect(rig.shown.filter((text) => text.includes(CANARY))).toEqual([]);
  });
});

withProvider(
  "the bundle of an environment is planned by Terraform alone, with the providers of its lock file",
  async () => {
    const out = join(mkdtempSync(join(tmpdir(), "vod-bundle-test-")), "bundle");
    const lock = join(ROOT, "terraform", "lock", ".terraform.lock.hcl");
    bundle({ environment: environment("dev"), dist: join(ROOT, "dist"), lock, out });
    writeFileSync(join(out, "override.tf.json"), JSON.stringify(WITHOUT_AWS));
    const secrets = { TF_VAR_cdn_identifier: "c".repeat(36), TF_VAR_api_origin_secret: "a".repeat(48) };
    const env = { PATH: process.env.PATH ?? "", HOME: out, TF_CLI_CONFIG_FILE: "/dev/null", ...secrets };
    const terraform = terraformIn({ folder: out, environment: "dev", env });
    await terraform.init(`-plugin-dir=${mirror}`);
    expect(await terraform.plan({ out: "tfplan" })).toEqual({ changes: true });
    expect(readFileSync(join(out, ".terraform.lock.hcl"), "utf8")).toBe(readFileSync(lock, "utf8"));
  },
  60_000,
);

/** The state here, and a provider that asks nobody whose account it is. */
const NOBODYS = {
  access_key: "nobodys",
  secret_key: "nobodys",
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  skip_metadata_api_check: true,
  allowed_account_ids: [],
};
const WITHOUT_AWS = {
  terraform: { backend: { local: {} } },
  provider: { aws: [NOBODYS, { ...NOBODYS, alias: "edge" }] },
};
