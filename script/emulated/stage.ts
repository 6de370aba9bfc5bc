import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type EmulatedAccount, startAccount } from "../../emulator/account";
import { type Inventory, takeInventory } from "../../emulator/inventory";
import type { Environment, SigningKey } from "../../environments/environment";
import { bucketName } from "../../stacks/shared/private-bucket";
import { readRelease, type Release } from "../../stacks/shared/release";
import { BootstrapFolder } from "../bootstrap-folder";
import { AccountChores } from "./account-chores";
import { freePort } from "./free-port";
import { Steps } from "./steps";
import { rehearsedEnvironment, type StackFiles, synthesiseInto } from "./synthesis";
import { Terraform } from "./terraform";

export interface RehearsalOptions {
  /** The project's root, with a build in `dist/`. */
  readonly root: string;
  /** Folder for everything that the rehearsal writes. */
  readonly directory: string;
  /** Holds the AWS provider. */
  readonly plugins: string;
  /** The shell's, where terraform and ffmpeg are. */
  readonly searchPath: string;
  readonly say: (line: string) => void;
}

/** An empty account, the stacks of `dev`, and what is needed to apply the ones to the other. */
export interface Stage extends RehearsalOptions {
  readonly steps: Steps;
  readonly account: EmulatedAccount;
  readonly chores: AccountChores;
  readonly bootstrap: Terraform;
  /** Of the same folder as `bootstrap`, for the command that people run. */
  readonly bootstrapFolder: () => BootstrapFolder;
  /** All that a program is told. */
  readonly terraformSees: Readonly<Record<string, string>>;
  readonly workload: Terraform;
  readonly dist: string;
  readonly release: Release;
  /** Where the distribution is told to be. */
  readonly edgePort: number;
  /** Names of the bootstrap's buckets. */
  readonly artifacts: string;
  readonly states: string;
  /** Name of the workload's bucket whose objects are locked. */
  readonly logs: string;
  /** Addresses that no plan of the bootstrap may destroy. */
  readonly lasting: readonly string[];
  /** What every account holds. */
  readonly before: Inventory;
  /** Both keys; to begin with, the environment trusts the first. */
  readonly allKeys: readonly SigningKey[];
  readonly privateKeys: Readonly<Record<string, string>>;
  readonly environment: () => Environment;
  readonly change: (how: (environment: Environment) => Environment) => void;
  readonly synthesise: () => StackFiles;
  readonly close: () => Promise<void>;
}

/** A made-up secret each: nothing that a real account knows. */
const VARIABLES = {
  TF_VAR_cdn_identifier: "00000000-0000-4000-8000-000000000001",
  TF_VAR_api_origin_secret: "rehearsed-rehearsed-rehearsed-rehearsed",
};

export async function openStage(options: RehearsalOptions): Promise<Stage> {
  const { root, directory, say } = options;
  const within = (...names: string[]): string => join(directory, ...names);
  mkdirSync(within("home"), { recursive: true });
  const { environment: whole, privateKeys } = rehearsedEnvironment(within("keys"), ["sample-a", "sample-b"]);
  let environment: Environment = { ...whole, keys: whole.keys.filter(({ name }) => name === "sample-a") };
  const dist = join(root, "dist");
  const release = readRelease(dist);
  const edgePort = await freePort();
  const { account: id, region } = environment;
  const edgeHost = `127.0.0.1:${edgePort}`;
  const account = await startAccount({ account: id, region, directory, edgeHost, onTrouble: say });
  const variables = terraformSees(options, account);
  const terraform = (name: string): Terraform =>
    new Terraform({ folder: within(name), plugins: options.plugins, environment: variables });
  const synthesise = (): StackFiles => synthesiseInto(within("synth"), environment, release);
  const chores = new AccountChores(account.aws);
  return {
    ...options,
    steps: new Steps(say),
    account,
    chores,
    bootstrap: terraform("bootstrap"),
    bootstrapFolder: () =>
      new BootstrapFolder({
        folder: within("bootstrap"),
        environment,
        lock: join(root, "terraform", "lock", ".terraform.lock.hcl"),
      }),
    terraformSees: { ...variables, TF_CLI_CONFIG_FILE: providersFrom(options) },
    workload: terraform("workload"),
    dist,
    release,
    edgePort,
    artifacts: bucketName(environment, "artifacts"),
    states: bucketName(environment, "state"),
    logs: bucketName(environment, "logs"),
    lasting: protectedIn(synthesise().bootstrap),
    before: await takeInventory(account),
    allKeys: whole.keys,
    privateKeys,
    environment: () => environment,
    change: (how) => void (environment = how(environment)),
    synthesise,
    async close() {
      chores.close();
      await account.stop();
    },
  };
}

/** All that Terraform is told; it inherits nothing, so that no real account is ever meant. */
function terraformSees({ searchPath, directory }: RehearsalOptions, { aws }: EmulatedAccount): Record<string, string> {
  return {
    PATH: searchPath,
    HOME: join(directory, "home"),
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: aws.region,
    AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
    ...VARIABLES,
  };
}

/** A configuration of Terraform that takes providers from the given folder alone. @returns its path */
function providersFrom({ plugins, directory }: RehearsalOptions): string {
  const file = join(directory, "terraform.rc");
  const mirror = `filesystem_mirror {\n    path = ${JSON.stringify(plugins)}\n  }`;
  writeFileSync(file, `provider_installation {\n  ${mirror}\n}\n`);
  return file;
}

/** Addresses whose `lifecycle.prevent_destroy` is set in a synthesised stack. */
function protectedIn(stackFile: string): string[] {
  const { resource } = JSON.parse(readFileSync(stackFile, "utf8")) as {
    resource: Record<string, Record<string, { lifecycle?: { prevent_destroy?: boolean } }>>;
  };
  return Object.entries(resource).flatMap(([type, named]) =>
    Object.entries(named).flatMap(([name, { lifecycle }]) => (lifecycle?.prevent_destroy ? [`${type}.${name}`] : [])),
  );
}
