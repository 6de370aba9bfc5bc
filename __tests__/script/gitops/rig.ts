import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { loadEnvironment } from "../../../environments/load";
import { createS3Service, type S3Service } from "../../../local/services/s3/service";
import { gitops } from "../../../script/gitops/cli";
import { type Run, runCommand } from "../../../script/gitops/command";
import { type Places, placesOf } from "../../../script/gitops/places";
import { sha256 } from "../../../script/gitops/sha256";
import { OPERATOR, REGION, startTestGateway, testDeployment } from "../../local/gateway/test-gateway";
import { fakeGithub, type FakeGithub } from "./fake-github";
import { lambdaStub, type LambdaStub } from "./lambda-stub";

const ROOT = resolve(__dirname, "..", "..", "..");
export const PLAYER = "vod-player-test";
/** The value of a sensitive variable: it may stand in state and plan, and nowhere else. */
export const CANARY = "canary-5f0c1d-never-shown";

export interface StackParts {
  /** Content of the function's zip. */
  readonly code?: string;
  /** Content of the page. */
  readonly page?: string;
  readonly cacheControl?: string;
}

export interface CommandOutcome {
  readonly code: number;
  readonly lines: readonly string[];
  /** Step outputs. */
  readonly outputs: Readonly<Record<string, string>>;
}

export interface Rig {
  readonly directory: string;
  readonly places: Places;
  readonly s3: S3Service;
  readonly lambda: LambdaStub;
  readonly github: FakeGithub;
  /** Every line that any command has logged, and every file handed from job to job. */
  readonly shown: string[];
  /** Builds and synthesises a small stack. @returns its tree */
  build(parts: StackParts): string;
  /** Runs a command as a workflow's step would, in a run of that number. */
  step(run: number, command: string, ...args: string[]): Promise<CommandOutcome>;
  /** Plans for a pull request and keeps the review, as plan.yml does. */
  review(run: number, tree: string): Promise<CommandOutcome>;
  /** Uploads and saves a fresh plan, as the first job of apply.yml does. */
  fresh(run: number, tree: string): Promise<CommandOutcome>;
  /** Applies what {@link fresh} saved, as the job behind the environment's approval does. */
  apply(run: number, tree: string, fresh: CommandOutcome, ...more: string[]): Promise<CommandOutcome>;
  aws(...args: string[]): Promise<string>;
  stop(): Promise<void>;
}

/**
 * An account of its own: real Terraform and command line against this project's S3, in this process. With a mirror, the
 * stack is of the real provider too; without one, of what Terraform has built in, which is quick.
 */
export async function startRig(mirror?: string): Promise<Rig> {
  const places = placesOf(loadEnvironment("dev"));
  const gateway = await startTestGateway();
  const directory = mkdtempSync(join(tmpdir(), "vod-gitops-test-"));
  const s3 = createS3Service({
    deployment: testDeployment({}),
    extraBuckets: [places.stateBucket, places.artifactsBucket, PLAYER],
    directory: join(directory, "s3"),
    authorize: () => undefined,
    bus: { publish: () => undefined },
    clock: Date.now,
    random: randomBytes,
  });
  const lambda = lambdaStub((bucket, key) => s3.read(OPERATOR, bucket, key));
  gateway.register(s3, lambda);
  const github = fakeGithub();
  const shown: string[] = [];
  const write = (path: string, text: string): string => {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
    return join(directory, path);
  };
  const stack = join(directory, "cdk.tf.json");
  const common = ["--env", "dev", "--stack", stack, "--dist", join(directory, "dist"), "--lock-timeout", "0"];
  if (mirror === undefined) common.push("--lock", write("no-providers.lock.hcl", ""));
  const override = write("override.json", JSON.stringify(emulator(gateway.address, places, mirror !== undefined)));
  const base = {
    PATH: process.env.PATH,
    HOME: directory,
    AWS_ENDPOINT_URL: gateway.address,
    AWS_ACCESS_KEY_ID: gateway.key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: gateway.key.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
    TF_CLI_CONFIG_FILE: write("terraform.rc", mirror === undefined ? "" : installation(mirror)),
    GITHUB_REPOSITORY: "owner/vod",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_ACTOR: "mia",
    GITHUB_SHA: "c".repeat(40),
  };
  const run: Run = (command, args, options) => (command === "gh" ? github.run : runCommand)(command, args, options);

  const step: Rig["step"] = async (number, command, ...args) => {
    const outputFile = write(`outputs/${number}-${command}-${shown.length}`, "");
    const work = join(directory, "work", `${number}-${command}`);
    const lines: string[] = [];
    const code = await gitops([command, ...common, "--work", work, "--override", override, ...args], {
      variables: { ...base, ...secrets(command), GITHUB_RUN_ID: String(number), GITHUB_OUTPUT: outputFile },
      root: ROOT,
      clock: () => new Date(),
      log: (line) => lines.push(line),
      fetch: () => Promise.reject(new Error("no network here")),
      run,
    });
    const written = readFileSync(outputFile, "utf8");
    shown.push(...lines, written);
    const pairs = written.split("\n").flatMap((line) => (line === "" ? [] : [line.split("=") as [string, string]]));
    return { code, lines, outputs: Object.fromEntries(pairs) };
  };

  return {
    directory,
    places,
    s3,
    lambda,
    github,
    shown,
    step,
    build(parts) {
      const text = JSON.stringify(mirror === undefined ? builtInStack(places, parts) : awsStack(places, parts, write));
      writeFileSync(stack, text);
      return sha256(text).slice(0, 40);
    },
    async review(number, tree) {
      const out = join(directory, "out", String(number));
      const planned = await step(number, "plan", "--tree", tree, "--out", out);
      if (planned.code !== 0) return planned;
      shown.push(readFileSync(join(out, "change-list.md"), "utf8"), readFileSync(join(out, "review.json"), "utf8"));
      const kept = await step(number, "upload", "--review", join(out, "review.json"));
      return { ...kept, outputs: planned.outputs };
    },
    async fresh(number, tree) {
      const uploaded = await step(number, "upload");
      if (uploaded.code !== 0) return uploaded;
      return step(number, "plan", "--save", "--tree", tree, "--out", join(directory, "out", String(number)));
    },
    apply: (number, tree, { outputs }, ...more) => {
      const saved = ["--plan-key", outputs["plan-key"] ?? "", "--plan-sha256", outputs["plan-sha256"] ?? ""];
      return step(number, "apply", "--tree", tree, ...saved, ...more);
    },
    async aws(...args) {
      const env = { ...base, AWS_DEFAULT_REGION: REGION, PYTHONWARNINGS: "ignore", PATH: base.PATH ?? "" };
      const { status, stdout, stderr } = await runCommand("aws", args, { env });
      if (status !== 0) throw new Error(stderr);
      return stdout;
    },
    async stop() {
      await gateway.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Only who plans needs the secrets: a saved plan brings them along. */
const secrets = (command: string): object => (command === "apply" ? {} : { TF_VAR_cdn_identifier: CANARY });

const installation = (mirror: string): string =>
  `provider_installation {\n  filesystem_mirror {\n    path = "${mirror}"\n  }\n}\n`;

/** What an emulator needs besides the stack; merged over it by Terraform, in tests only. */
function emulator(endpoint: string, { stateBucket }: Places, withProvider: boolean): object {
  const skips = { skip_credentials_validation: true, skip_requesting_account_id: true, skip_metadata_api_check: true };
  const backend = { bucket: stateBucket, key: "vod/dev/vod-dev.tfstate", region: REGION, use_lockfile: true };
  const s3 = { ...backend, ...skips, skip_region_validation: true, use_path_style: true, endpoints: { s3: endpoint } };
  const endpoints = [{ s3: endpoint, lambda: endpoint }];
  if (!withProvider) return { terraform: { backend: { s3 } } };
  return {
    terraform: { backend: { s3 } },
    provider: { aws: { ...skips, s3_use_path_style: true, endpoints, max_retries: 1 } },
  };
}

/** A function, a page copied from the artifacts, and a file that holds the secret. */
function awsStack(places: Places, parts: StackParts, write: (path: string, text: string) => string): object {
  const { code = "first", page = "<p>page</p>", cacheControl = "max-age=60" } = parts;
  write("dist/lambda/submit-transcode.zip", code);
  write("dist/player/index.html", page);
  const meta = (name: string) => ({ metadata: { path: `vod-dev/test/${name}`, uniqueId: name } });
  return {
    terraform: { required_providers: { aws: { source: "aws", version: ">= 5.100.0, < 7.0.0" } }, ...backendOf(places) },
    provider: { aws: [{ region: REGION }] },
    ...SECRET,
    resource: {
      aws_s3_object: {
        config: {
          "//": meta("config"),
          bucket: PLAYER,
          key: "app/config.json",
          content: '{"secret":"${var.cdn_identifier}"}',
          content_type: "application/json",
          cache_control: cacheControl,
        },
      },
      aws_s3_object_copy: {
        page: {
          "//": meta("page"),
          bucket: PLAYER,
          key: "app/index.html",
          source: `${places.artifactsBucket}/player/${sha256(page)}/index.html`,
          content_type: "text/html",
          metadata_directive: "REPLACE",
        },
      },
      aws_lambda_function: {
        submit_transcode: {
          "//": meta("submit_transcode"),
          function_name: "vod-submit-transcode-dev",
          role: "arn:aws:iam::111111111111:role/vod-submit-transcode-dev",
          s3_bucket: places.artifactsBucket,
          s3_key: `lambda/submit-transcode/${sha256(code)}.zip`,
          source_code_hash: Buffer.from(sha256(code), "hex").toString("base64"),
          runtime: "nodejs22.x",
          handler: "index.handler",
          depends_on: ["aws_s3_object.config", "aws_s3_object_copy.page"],
        },
      },
    },
    output: { app: { value: "https://edge.test/app/" } },
  };
}

/** Two values, one of them the secret. */
function builtInStack(places: Places, { code = "first", cacheControl = "max-age=60" }: StackParts): object {
  return {
    terraform: backendOf(places),
    ...SECRET,
    resource: {
      terraform_data: {
        code: { input: code },
        config: { input: { secret: "${var.cdn_identifier}", cacheControl } },
      },
    },
  };
}

const SECRET = { variable: { cdn_identifier: { type: "string", sensitive: true, nullable: false } } };

const backendOf = ({ stateBucket }: Places): object => ({
  backend: { s3: { bucket: stateBucket, key: "vod/dev/vod-dev.tfstate", region: REGION } },
});
