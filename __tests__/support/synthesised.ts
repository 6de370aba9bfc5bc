import { createHash, generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEPLOYABLE, ENVIRONMENT_NAMES, type Environment, type EnvironmentName } from "../../environments/environment";
import { loadEnvironment } from "../../environments/load";
import { TOPOLOGIES, type Topology } from "../../job-templates/job-template";
import type { Release } from "../../stacks/shared/release";
import type * as Stacks from "../../stacks/synthesise";

export type Values = Record<string, unknown>;
/** `resource` of a synthesised stack: type, name, arguments. */
export type Resources = Record<string, Record<string, Values>>;

export interface SynthesisedStack {
  readonly environment: Environment;
  readonly file: string;
  readonly document: { readonly resource: Resources; readonly terraform: Values; readonly provider: Values };
}

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

const HANDLERS = join(__dirname, "..", "..", "handlers");

/** A build as the stacks see it, without building: one zip for each folder of a handler. */
export const RELEASE: Release = {
  lambda: Object.fromEntries(
    readdirSync(HANDLERS)
      .filter((name) => existsSync(join(HANDLERS, name, "index.ts")))
      .map((handler) => [handler, { file: `${handler}.zip`, sha256: hash(handler), bytes: 1 }]),
  ),
  player: {
    "index.html": {
      sha256: hash("page"),
      bytes: 1,
      contentType: "text/html; charset=utf-8",
      cacheControl: "max-age=60",
    },
  },
};

/** A folder with one public key, as the local platform makes it at its first start. */
export function keysDirectory(name = "local"): string {
  const directory = mkdtempSync(join(tmpdir(), "vod-keys-"));
  writePublicKey(directory, name);
  return directory;
}

function writePublicKey(directory: string, name: string): void {
  const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeFileSync(join(directory, `${name}.pem`), publicKey.export({ type: "spki", format: "pem" }));
}

/** Where the test files of a run share what they synthesise. */
const SHARED = process.env.SHARED_SYNTHESES ?? mkdtempSync(join(tmpdir(), "vod-syntheses-"));

/** Makes a folder once for all test files of the run. */
function once(name: string, make: (folder: string) => void): string {
  const folder = join(SHARED, name);
  if (existsSync(folder)) return folder;
  mkdirSync(SHARED, { recursive: true });
  const mine = mkdtempSync(join(SHARED, "making-"));
  make(mine);
  try {
    renameSync(mine, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // else another test file was first
  }
  return folder;
}

export function environment(name: EnvironmentName, topology?: Topology): Environment {
  if (name !== "local") return loadEnvironment(name, { topology });
  const keys = once("local-keys", (folder) => writePublicKey(folder, "local"));
  return loadEnvironment(name, { topology, keys });
}

/** The same environment with every function that there is: single files to download, and a viewer of its own. */
export function withEveryFunction(of: Environment): Environment {
  return {
    ...of,
    transcode: { ...of.transcode, download: "480p" },
    operate: { ...of.operate, check: true },
  };
}

/** One environment, changed as a test wishes, synthesised, and its workload read back as Terraform would. */
export function synthesised(of: Environment): SynthesisedStack {
  return read(of, `vod-${of.name}`, (out) => stacks().synthesise([of], RELEASE, out));
}

/** The same of its bootstrap. */
export function synthesisedBootstrap(of: Environment): SynthesisedStack {
  return read(of, `vod-bootstrap-${of.name}`, (out) => stacks().synthesiseBootstrap(of, out));
}

/** Loaded when first something is not synthesised yet: cdktf and the provider's classes take long. */
const stacks = () => jest.requireActual<typeof Stacks>("../../stacks/synthesise");

function read(of: Environment, stack: string, synthesiseTo: (out: string) => void): SynthesisedStack {
  const out = once(`${stack}-${hash(JSON.stringify(of))}`, synthesiseTo);
  const file = join(out, "stacks", stack, "cdk.tf.json");
  return { environment: of, file, document: JSON.parse(readFileSync(file, "utf8")) };
}

let every: SynthesisedStack[] | undefined;
let everyBootstrapped: SynthesisedStack[] | undefined;

/** The bootstrap of every environment that has an account; synthesised once a test file. */
export function everyBootstrap(): SynthesisedStack[] {
  everyBootstrapped ??= DEPLOYABLE.map((name) => synthesisedBootstrap(environment(name)));
  return everyBootstrapped;
}

/** The workload of every environment in both topologies; synthesised once a test file. */
export function everyStack(): SynthesisedStack[] {
  every ??= ENVIRONMENT_NAMES.flatMap((name) => TOPOLOGIES.map((topology) => synthesised(environment(name, topology))));
  return every;
}

export const title = ({ environment: { name, topology } }: SynthesisedStack): string => `${name}, ${topology}`;

/** All resources of a type as `[name, values]`; fails where there is none, so that no sweep passes over nothing. */
export function resourcesOf(stack: SynthesisedStack, type: string): [string, Values][] {
  const found = Object.entries(stack.document.resource[type] ?? {});
  if (found.length === 0) throw new Error(`${title(stack)} has no ${type}`);
  return found;
}

/** The arguments of the resource at an address. */
export function resource(stack: SynthesisedStack, address: string): Values {
  const [type = "", name = ""] = address.split(".");
  const found = stack.document.resource[type]?.[name];
  if (!found) throw new Error(`${title(stack)} has no ${address}`);
  return found;
}

export interface PolicyStatement {
  Sid?: string;
  Effect: string;
  Action: string | string[];
  Resource: string | string[];
  Principal?: unknown;
  Condition?: Record<string, Record<string, string | string[]>>;
}

export function statements(policy: unknown): PolicyStatement[] {
  return (JSON.parse(policy as string) as { Statement: PolicyStatement[] }).Statement;
}

export const list = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];
