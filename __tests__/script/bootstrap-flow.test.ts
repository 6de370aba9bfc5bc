import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bootstrap } from "../../script/bootstrap-flow";
import { BootstrapFolder } from "../../script/bootstrap-folder";
import { nextSteps } from "../../script/bootstrap-next-steps";
import type { Outcome } from "../../script/gitops/command";
import { environment } from "../support/synthesised";

const BUCKET = "vod-state-dev-111111111111-eu-west-1";
const OK: Outcome = { status: 0, stdout: "", stderr: "" };
const CHANGES: Outcome = { ...OK, status: 2 };
const failed = (stderr: string): Outcome => ({ status: 1, stdout: "", stderr });
const NO_BUCKET = failed(`Error: Failed to get existing workspaces: S3 bucket "${BUCKET}" does not exist.`);

interface Account {
  /** Answers by the first words of a command; where the state lies says which of two. */
  readonly answers: Readonly<Record<string, Outcome | readonly Outcome[]>>;
  readonly approve?: boolean;
  readonly check?: boolean;
  /** Left by an earlier run. */
  readonly state?: boolean;
  readonly emulator?: string;
}

/** Runs the flow against a Terraform that answers as told and logs what it was asked. */
async function run({ answers, approve, check = false, state = false, emulator }: Account) {
  const path = mkdtempSync(join(tmpdir(), "vod-bootstrap-"));
  if (state) writeFileSync(join(path, "terraform.tfstate"), "{}");
  const folder = new BootstrapFolder({ folder: path, environment: environment("dev"), emulator });
  const calls: string[] = [];
  const said: string[] = [];
  const left = new Map(Object.entries(answers).map(([words, answer]) => [words, [answer].flat()]));
  const outcome = bootstrap(
    { environment: "dev", folder, check },
    {
      env: { AWS_PROFILE: "admin" },
      run: async (command, args, { cwd, env }) => {
        expect([command, cwd, args.at(-1)]).toEqual(["terraform", path, "-no-color"]);
        expect(env).toMatchObject({ AWS_PROFILE: "admin", TF_INPUT: "0" });
        const asked = args.slice(0, -1).join(" ");
        const override = join(path, "backend_override.tf.json");
        const where = existsSync(override) ? Object.keys(JSON.parse(readFileSync(override, "utf8")).terraform.backend)[0] : "bucket"; // prettier-ignore
        calls.push(`${where}: ${asked}`);
        if (args[0] === "apply") writeFileSync(join(path, "terraform.tfstate"), "{}");
        const [words] = [...left.keys()].filter((key) => asked.startsWith(key));
        const answer = words === undefined ? undefined : (left.get(words) ?? []).shift();
        if (!answer) throw new Error(`not expected: terraform ${asked}`);
        return answer;
      },
      approve: async (plan) => {
        if (approve === undefined) throw new Error("nobody was to be asked");
        said.push(`asked: ${plan}`);
        return approve;
      },
      say: (line) => said.push(line.replaceAll(path, "FOLDER")),
    },
  ).catch((error: Error) => error.message.replaceAll(path, "FOLDER"));
  return { outcome: await outcome, calls, said, path };
}

const LISTED = { ...OK, stdout: "aws_s3_bucket.state\n" };
const SHOWN = { ...OK, stdout: "46 to add" };

test("the first run applies with its state here, then moves it into the bucket that it made", async () => {
  const { outcome, calls, said, path } = await run({
    answers: {
      "init -reconfigure": [NO_BUCKET, OK],
      plan: CHANGES,
      show: SHOWN,
      apply: OK,
      "state list": [LISTED, LISTED],
      "init -migrate-state": OK,
    },
    approve: true,
  });
  expect(outcome).toBe("changed");
  expect(calls).toEqual([
    "bucket: init -reconfigure",
    "local: init -reconfigure",
    "local: plan -detailed-exitcode -out=bootstrap.tfplan",
    "local: show bootstrap.tfplan",
    "local: apply bootstrap.tfplan",
    "local: state list",
    "bucket: init -migrate-state -force-copy",
    "bucket: state list",
  ]);
  expect(said).toEqual([
    `There is no bucket ${BUCKET} yet: the first run keeps its state in FOLDER`,
    "asked: 46 to add",
    `The state lies in ${BUCKET} now`,
  ]);
  expect(existsSync(join(path, "terraform.tfstate"))).toBe(false);
});

test("a run with nothing to do asks nobody and applies nothing", async () => {
  const { outcome, calls } = await run({ answers: { init: OK, plan: OK } });
  expect(outcome).toBe("unchanged");
  expect(calls).toEqual(["bucket: init -reconfigure", "bucket: plan -detailed-exitcode -out=bootstrap.tfplan"]);
});

test("a plan that is not approved is not applied, and its file is removed", async () => {
  const { outcome, calls, path } = await run({ answers: { init: OK, plan: CHANGES, show: SHOWN }, approve: false });
  expect(outcome).toBe("declined");
  expect(calls.at(-1)).toBe("bucket: show bootstrap.tfplan");
  expect(existsSync(join(path, "bootstrap.tfplan"))).toBe(false);
});

test("a check shows the plan, takes no lock and changes nothing", async () => {
  const { outcome, calls, said } = await run({ answers: { init: OK, plan: CHANGES, show: SHOWN }, check: true });
  expect(outcome).toBe("would change");
  expect(said).toEqual(["46 to add"]);
  expect(calls[1]).toBe("bucket: plan -detailed-exitcode -out=bootstrap.tfplan -lock=false");
});

test("a run after one that was cut off goes on from the state that it left here", async () => {
  const { outcome, calls } = await run({
    answers: { "init -reconfigure": OK, plan: OK, "state list": [LISTED, LISTED], "init -migrate-state": OK },
    state: true,
  });
  expect(outcome).toBe("changed");
  expect(calls[0]).toBe("local: init -reconfigure");
});

test("a check of a state that was not moved yet says that there is something to do", async () => {
  const { outcome } = await run({ answers: { init: OK, plan: OK }, state: true, check: true });
  expect(outcome).toBe("would change");
});

test("the copy here stays when the bucket's state is another", async () => {
  const { outcome, path } = await run({
    answers: { "init -reconfigure": OK, plan: OK, "state list": [LISTED, OK], "init -migrate-state": OK },
    state: true,
  });
  expect(outcome).toBe(
    `the state in ${BUCKET} is not the one that was made here: nothing was removed from FOLDER; compare both, then run npm run bootstrap -- dev again`,
  );
  expect(existsSync(join(path, "terraform.tfstate"))).toBe(true);
});

test("an apply that stops half-way says to keep the state and to run again", async () => {
  const { outcome } = await run({
    answers: { "init -reconfigure": [NO_BUCKET, OK], plan: CHANGES, show: SHOWN, apply: failed("Error: throttled") },
    approve: true,
  });
  expect(outcome).toBe(
    "terraform apply failed: throttled; mend the cause, then run npm run bootstrap -- dev again; FOLDER holds the state of what was made, so keep it",
  );
});

test("what is there by another hand is to be imported, or named as existing", async () => {
  const { outcome } = await run({
    answers: { init: OK, plan: CHANGES, show: SHOWN, apply: failed("Error: EntityAlreadyExists: Provider") },
    approve: true,
  });
  expect(outcome).toContain(
    "something of that name was made by hand or by another environment: import it (terraform import ADDRESS ID), remove it, or for GitHub's provider set repository.oidcProvider to existing, then run npm run bootstrap -- dev again",
  );
});

test("missing credentials are one line, not a missing bucket", async () => {
  const { outcome, calls } = await run({ answers: { init: failed("Error: No valid credential sources found") } });
  expect(outcome).toBe(
    "no usable AWS credentials for dev: in a workflow assume the environment's role first, on a laptop set AWS_PROFILE",
  );
  expect(calls).toEqual(["bucket: init -reconfigure"]);
});

test("an emulator is given to backend and providers, and nothing of it is there without one", async () => {
  const emulated = await run({ answers: { init: OK, plan: OK }, emulator: "http://127.0.0.1:5000" });
  const read = (file: string) => JSON.parse(readFileSync(join(emulated.path, file), "utf8"));
  expect(read("backend_override.tf.json").terraform.backend.s3).toMatchObject({
    bucket: BUCKET,
    key: "vod/dev/vod-bootstrap-dev.tfstate",
    use_lockfile: true,
    endpoints: { s3: "http://127.0.0.1:5000", sts: "http://127.0.0.1:5000" },
  });
  expect(read("emulator_override.tf.json").provider.aws.map(({ alias }: { alias?: string }) => alias)).toEqual([
    undefined,
    "edge",
  ]);
  const { path } = await run({ answers: { init: OK, plan: OK } });
  expect(existsSync(join(path, "backend_override.tf.json"))).toBe(false);
  expect(existsSync(join(path, "emulator_override.tf.json"))).toBe(false);
});

test("an undo that was begun is not taken up by the next run", () => {
  const path = mkdtempSync(join(tmpdir(), "vod-bootstrap-"));
  writeFileSync(join(path, "undo_override.tf.json"), "{}");
  new BootstrapFolder({ folder: path, environment: environment("dev") });
  expect(existsSync(join(path, "undo_override.tf.json"))).toBe(false);
});

test("the next steps name the variable, the environments and the secrets that the workflows read", () => {
  const steps = nextSteps(environment("prod"));
  expect(steps).toContain("gh variable set VOD_ACCOUNT_PROD --repo example-org/vod-platform --body 333333333333");
  expect(steps).toContain("prod-plan (open to pull requests), prod and prod-mismatch");
  expect(steps).toContain("gh secret set CDN_IDENTIFIER --repo example-org/vod-platform --env prod-plan");
  expect(steps).toContain("gh secret set API_ORIGIN_SECRET --repo example-org/vod-platform --env prod-plan");
  expect(nextSteps({ ...environment("prod"), repository: undefined })).toBe(
    "environments/prod.json names no repository, so no workflow may deploy. By hand: npx tsx script/gitops/cli.ts plan --env prod, see docs/gitops.md",
  );
});
