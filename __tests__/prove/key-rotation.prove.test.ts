import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadKeys } from "../../environments/keys";
import { activeIn } from "../../script/keys/active-setting";
import { keyRing } from "../../script/keys/key-ring";
import { makePair } from "../../script/keys/make-pair";
import { activate, newKey, replace, retire, type Deps } from "../../script/keys/rotation";
import { startMoto, type Moto } from "../support/moto";
import { startRecordingProxy, type RecordingProxy } from "../support/recording-proxy";
import { environment, synthesised, type Resources } from "../support/synthesised";
import { terraformBeside as terraform } from "../support/terraform";
import { findProviderMirror, has, testWith } from "../support/tools";

const mirror = findProviderMirror();
const tools = has("terraform", "version") && mirror !== undefined && has("python3", "-c", "import moto.server");
const withEmulator = testWith("terraform with the AWS provider, or moto", tools, "REQUIRE_TERRAFORM");

/** What Terraform plans and applies here, since its order matters; what else a rotation changes is seen in the JSON. */
const ORDERED = ["aws_cloudfront_public_key", "aws_cloudfront_key_group"];

interface Change {
  readonly address: string;
  readonly actions: readonly string[];
}

describe("a rotation, planned and applied by Terraform", () => {
  let moto: Moto;
  let proxy: RecordingProxy;
  let root: string;
  let folder: string;

  beforeEach(async () => {
    moto = await startMoto();
    proxy = await startRecordingProxy(moto.port);
    root = mkdtempSync(join(tmpdir(), "vod-rotation-"));
    folder = mkdtempSync(join(tmpdir(), "vod-rotation-tf-"));
    mkdirSync(join(root, "keys", "dev"), { recursive: true });
    mkdirSync(join(root, "environments"));
    writeFileSync(join(root, "keys", "dev", "old.pem"), makePair("rsa").publicPem);
    writeFileSync(join(root, "environments", "dev.json"), `{ "signing": { "active": "old" } }\n`);
    write();
    await terraform(folder, "init", "-input=false", `-plugin-dir=${mirror}`);
    await apply();
  }, 240_000);
  afterEach(async () => {
    await proxy.stop();
    await moto.stop();
    for (const each of [root, folder]) rmSync(each, { recursive: true, force: true });
  });

  const ring = () => keyRing("dev", root, "");
  const deps = (): Deps => ({
    environment: "dev",
    ring: ring(),
    secretState: async () => "filled",
    putSecret: () => Promise.reject(new Error("nothing is put here")),
    wait: () => Promise.reject(new Error("nothing is waited for")),
    print: () => undefined,
  });

  /** The stack as the key ring says, its keys and their group for the emulator behind the proxy. */
  function write(): Resources {
    const { keys } = loadKeys(join(root, "keys", "dev"));
    const { document } = synthesised({ ...environment("dev"), keys, signing: { active: ring().active() } });
    const resource = Object.fromEntries(ORDERED.map((type) => [type, document.resource[type]]));
    const provider = {
      aws: {
        region: "eu-west-1",
        access_key: "a",
        secret_key: "b",
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: "true",
        endpoints: [{ cloudfront: proxy.address }],
      },
    };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ provider, resource }));
    return document.resource;
  }

  async function plan(): Promise<Change[]> {
    await terraform(folder, "plan", "-input=false", "-out=plan");
    const { resource_changes: changes = [] } = JSON.parse(await terraform(folder, "show", "-json", "plan")) as {
      resource_changes?: { address: string; change: { actions: string[] } }[];
    };
    return changes
      .map(({ address, change }) => ({ address, actions: change.actions }))
      .filter(({ actions }) => actions.join() !== "no-op");
  }

  async function apply(): Promise<void> {
    await terraform(folder, "apply", "-input=false", "-auto-approve");
  }

  /** Changes of the edge's keys and their group, in the order in which CloudFront got them. */
  async function ordered(work: () => Promise<void>): Promise<string[]> {
    proxy.changes.length = 0;
    await work();
    return proxy.changes
      .filter((change) => change.includes("/2020-05-31/"))
      .map((change) => change.replace(/\/2020-05-31\/(key-group|public-key).*/, "$1"));
  }

  withEmulator(
    "shows each step as the command says, and destroys a key only when the group has let go of it",
    async () => {
      const before = write();
      newKey(deps(), "next", () => makePair("ecdsa"), "");
      const trusted = write();
      expect(await plan()).toEqual([
        { address: "aws_cloudfront_key_group.signing", actions: ["update"] },
        { address: "aws_cloudfront_public_key.signing_next", actions: ["create"] },
      ]);
      expect(await ordered(apply)).toEqual(["POST public-key", "PUT key-group"]);
      expect(changed(before, trusted)).toEqual([
        "aws_cloudfront_key_group.signing",
        "aws_cloudfront_public_key.signing_next",
        "aws_secretsmanager_secret.signing_next",
      ]);

      await activate(deps(), "next");
      const activated = write();
      expect(activeIn(`"signing": { "active": "${ring().active()}" }`)).toBe("next");
      expect(await plan()).toEqual([]);
      expect(changed(trusted, activated)).toEqual([
        "aws_iam_role_policy.mint_playback",
        "aws_lambda_function.mint_playback",
      ]);

      retire(deps(), "old");
      const retired = write();
      expect(await plan()).toEqual([
        { address: "aws_cloudfront_key_group.signing", actions: ["update"] },
        { address: "aws_cloudfront_public_key.signing_old", actions: ["delete"] },
      ]);
      expect(await ordered(apply)).toEqual(["PUT key-group", "DELETE public-key"]);
      expect(changed(activated, retired)).toEqual([
        "aws_cloudfront_key_group.signing",
        "aws_cloudfront_public_key.signing_old",
        "aws_secretsmanager_secret.signing_old",
      ]);
    },
    300_000,
  );

  withEmulator(
    "replaces a key that leaked in one apply: the new one, the group, and then the old one",
    async () => {
      replace(deps(), "next", () => makePair("rsa"), "");
      write();
      expect(await plan()).toEqual([
        { address: "aws_cloudfront_key_group.signing", actions: ["update"] },
        { address: "aws_cloudfront_public_key.signing_next", actions: ["create"] },
        { address: "aws_cloudfront_public_key.signing_old", actions: ["delete"] },
      ]);
      expect(await ordered(apply)).toEqual(["POST public-key", "PUT key-group", "DELETE public-key"]);
    },
    300_000,
  );
});

/** Addresses that differ between two stacks. */
function changed(before: Resources, after: Resources): string[] {
  const flat = (resources: Resources) =>
    new Map(
      Object.entries(resources).flatMap(([type, named]) =>
        Object.entries(named).map(([name, values]) => [`${type}.${name}`, JSON.stringify(values)] as const),
      ),
    );
  const [one, two] = [flat(before), flat(after)];
  return [...new Set([...one.keys(), ...two.keys()])].filter((address) => one.get(address) !== two.get(address)).sort();
}
