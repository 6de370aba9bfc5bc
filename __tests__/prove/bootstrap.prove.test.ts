import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootstrap, type BootstrapDeps, type BootstrapOutcome } from "../../script/bootstrap-flow";
import { BootstrapFolder } from "../../script/bootstrap-folder";
import { programVariables, runCommand, type Run } from "../../script/gitops/command";
import { hasMoto, startMoto, type Moto } from "../local/services/moto";
import { environment } from "../support/synthesised";
import { findProviderMirror, has, testWith } from "../support/tools";

const mirror = findProviderMirror();
const withAll = testWith(
  "terraform with the AWS provider, moto and the AWS command line",
  has("terraform", "version") && mirror !== undefined && hasMoto() && has("aws"),
);
const MINUTES = 60_000;

/** moto's account, whatever the sample file says. */
const dev = { ...environment("dev"), account: "123456789012" };
const LOCK = join(__dirname, "..", "..", "terraform", "lock", ".terraform.lock.hcl");

let moto: Moto | undefined;
let path = "";
let env: Record<string, string> = {};

beforeAll(async () => {
  if (!mirror || !hasMoto()) return;
  moto = await startMoto();
  const home = mkdtempSync(join(tmpdir(), "vod-bootstrap-"));
  path = join(home, "dev");
  const config = join(home, "terraform.rc");
  writeFileSync(
    config,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  env = { ...programVariables(process.env), TF_CLI_CONFIG_FILE: config };
});
afterAll(() => moto?.stop());

/** One run of `npm run bootstrap -- dev --yes`, told from the start as a new process is. */
async function run(options: { check?: boolean; run?: Run } = {}): Promise<{ outcome: BootstrapOutcome; plan: string }> {
  const folder = new BootstrapFolder({ folder: path, environment: dev, lock: LOCK, emulator: moto?.endpoint });
  let plan = "";
  const deps: BootstrapDeps = {
    run: options.run ?? runCommand,
    env,
    approve: async (shown) => {
      plan = shown;
      return true;
    },
    say: () => undefined,
  };
  return { outcome: await bootstrap({ environment: "dev", folder, check: options.check ?? false }, deps), plan };
}

const terraform = async (...args: string[]): Promise<string> => {
  const { status, stdout, stderr } = await runCommand("terraform", [...args, "-no-color"], { cwd: path, env });
  if (status !== 0) throw new Error(stderr || stdout);
  return stdout;
};

/** Takes delete markers out of a bucket: moto fails when the last version of a key that it deletes is one. */
async function forgetDeletions(bucket: string): Promise<void> {
  const account = { AWS_ACCESS_KEY_ID: "emulated", AWS_SECRET_ACCESS_KEY: "emulated", AWS_DEFAULT_REGION: dev.region };
  const s3 = async (...args: string[]): Promise<string> => {
    const command = ["s3api", ...args, "--bucket", bucket, "--endpoint-url", moto?.endpoint ?? ""];
    const { status, stdout, stderr } = await runCommand("aws", command, { env: { ...env, ...account } });
    if (status !== 0) throw new Error(stderr);
    return stdout;
  };
  const { DeleteMarkers = [] } = JSON.parse(await s3("list-object-versions")) as { DeleteMarkers?: Version[] };
  for (const { Key, VersionId } of DeleteMarkers) await s3("delete-object", "--key", Key, "--version-id", VersionId);
}

interface Version {
  readonly Key: string;
  readonly VersionId: string;
}

/** A file as the guide has the reader write it. */
function documented(file: string): string {
  const guide = readFileSync(join(__dirname, "..", "..", "docs", "getting-started.md"), "utf8");
  const found = new RegExp(`> ${file.replaceAll(".", "\\.")} <<'END'\n([\\s\\S]*?)\nEND\n`).exec(guide)?.[1];
  if (!found) throw new Error(`docs/getting-started.md does not write ${file}`);
  return found;
}

/** Refuses one command of Terraform's, as a network that fails at the wrong moment does. */
const failingAt =
  (...words: string[]): Run =>
  (command, args, options) =>
    words.every((word) => args.includes(word))
      ? Promise.resolve({ status: 1, stdout: "", stderr: "Error: connection reset" })
      : runCommand(command, args, options);

describe("the bootstrap, by real Terraform against an emulated account", () => {
  withAll(
    "makes everything, and keeps its own state at hand when it cannot move it yet",
    async () => {
      await expect(run({ run: failingAt("init", "-migrate-state") })).rejects.toThrow(
        "terraform init failed: connection reset",
      );
      expect(existsSync(join(path, "terraform.tfstate"))).toBe(true);
    },
    5 * MINUTES,
  );

  withAll(
    "run again, finds all made and moves the state into the bucket",
    async () => {
      expect(await run()).toEqual({ outcome: "changed", plan: "" });
      expect(readdirSync(path).filter((file) => file.includes("tfstate") || file.includes("tfplan"))).toEqual([]);
      expect(await terraform("state", "list")).toContain("aws_s3_bucket.state\n");
    },
    5 * MINUTES,
  );

  withAll(
    "run once more, has nothing to do",
    async () => {
      expect(await run()).toEqual({ outcome: "unchanged", plan: "" });
      expect(await run({ check: true })).toEqual({ outcome: "unchanged", plan: "" });
    },
    5 * MINUTES,
  );

  withAll(
    "refuses to destroy buckets and keys, and is undone as docs/getting-started.md says",
    async () => {
      await expect(terraform("plan", "-destroy")).rejects.toThrow("Instance cannot be destroyed");

      writeFileSync(join(path, "undo_override.tf.json"), documented("undo_override.tf.json"));
      writeFileSync(join(path, "backend_override.tf.json"), JSON.stringify({ terraform: { backend: { local: {} } } }));
      await terraform("init", "-migrate-state", "-force-copy");
      await terraform("apply", "-auto-approve");
      await terraform("state", "rm", "aws_iam_openid_connect_provider.github");
      await forgetDeletions(`vod-state-dev-${dev.account}-${dev.region}`);
      await terraform("destroy", "-auto-approve");
      expect((await terraform("state", "list")).trim()).toBe("");
    },
    5 * MINUTES,
  );
});
