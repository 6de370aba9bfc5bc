import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadKeys } from "../../environments/keys";
import { keyRing } from "../../script/keys/key-ring";
import { makePair } from "../../script/keys/make-pair";
import { activate, newKey, replace, retire, type Deps } from "../../script/keys/rotation";
import { startKeyEndpoint, type KeyEndpoint } from "../support/key-endpoint";
import { environment, synthesised, type Resources } from "../support/synthesised";
import { terraformBeside as terraform } from "../support/terraform";
import { findProviderMirror, has, testWith } from "../support/tools";

const mirror = findProviderMirror();
const withTerraform = testWith(
  "terraform with the AWS provider",
  has("terraform", "version") && mirror !== undefined,
  "REQUIRE_TERRAFORM",
);

/** What Terraform plans and applies here, since its order matters; what else a rotation changes is seen in the JSON. */
const ORDERED = ["aws_cloudfront_public_key", "aws_cloudfront_key_group"];

/** A line of `terraform apply -json`. */
interface Message {
  readonly type: string;
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
}

describe("a rotation, planned and applied by Terraform", () => {
  let cloudFront: KeyEndpoint;
  let root: string;
  let folder: string;

  beforeAll(async () => {
    cloudFront = await startKeyEndpoint();
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
  afterAll(async () => {
    await cloudFront.stop();
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

  /** The stack as the key ring says, its keys and their group for the endpoint. */
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
        endpoints: [{ cloudfront: cloudFront.address }],
      },
    };
    writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify({ provider, resource }));
    return document.resource;
  }

  /** Plans and applies; gives what was planned, and the order in which CloudFront got its changes. */
  async function apply(): Promise<{ planned: Record<string, string>; ordered: string[] }> {
    cloudFront.changes.length = 0;
    const printed = await terraform(folder, "apply", "-input=false", "-auto-approve", "-json");
    const messages = printed
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Message);
    const planned = messages.flatMap(({ type, change }) =>
      type === "planned_change" && change ? [[change.resource.addr, change.action] as const] : [],
    );
    return { planned: Object.fromEntries(planned), ordered: [...cloudFront.changes] };
  }

  let known: Resources;

  /** What a command changes: planned and applied by Terraform, in the order of its calls, and in the JSON besides. */
  async function after(command: () => unknown) {
    const before = known;
    await command();
    known = write();
    return { ...(await apply()), changed: changed(before, known) };
  }

  withTerraform(
    "shows each step as the command says, and destroys a key only when the group has let go of it",
    async () => {
      known = write();
      expect(await after(() => newKey(deps(), "next", () => makePair("ecdsa"), ""))).toEqual({
        planned: { [GROUP]: "update", [key("next")]: "create" },
        ordered: ["POST public-key", "PUT key-group"],
        changed: [GROUP, key("next"), secret("next")],
      });
      expect(await after(() => activate(deps(), "next"))).toEqual({
        planned: {},
        ordered: [],
        changed: ["aws_iam_role_policy.mint_playback", "aws_lambda_function.mint_playback"],
      });
      expect(await after(() => retire(deps(), "old"))).toEqual({
        planned: { [GROUP]: "update", [key("old")]: "delete" },
        ordered: ["PUT key-group", "DELETE public-key"],
        changed: [GROUP, key("old"), secret("old")],
      });
      // And one that leaked, all in one apply: the new one, the group, and then the old one.
      expect(await after(() => replace(deps(), "third", () => makePair("rsa"), ""))).toMatchObject({
        planned: { [GROUP]: "update", [key("next")]: "delete", [key("third")]: "create" },
        ordered: ["POST public-key", "PUT key-group", "DELETE public-key"],
      });
    },
    400_000,
  );
});

const GROUP = "aws_cloudfront_key_group.signing";
const key = (name: string): string => `aws_cloudfront_public_key.signing_${name}`;
const secret = (name: string): string => `aws_secretsmanager_secret.signing_${name}`;

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
