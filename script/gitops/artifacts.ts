import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Aws, UNKNOWN_SHA256 } from "./aws";
import { EXIT, Failure } from "./failure";
import { sha256OfFile } from "./sha256";

/** A file that a stack names by its content. */
export interface Artifact {
  readonly key: string;
  /** Hex; part of the key. */
  readonly sha256: string;
}

/** A function and the code that it is to run. */
export interface NamedFunction {
  readonly name: string;
  /** SHA-256 of its zip in base64, as Lambda tells it. */
  readonly codeSha256: string;
}

/** A resource of a synthesised stack or of a plan. */
export interface NamedValues {
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export const resourcesOfStack = (text: string): NamedValues[] => {
  const { resource = {} } = JSON.parse(text) as { resource?: Record<string, Record<string, NamedValues["values"]>> };
  return Object.entries(resource).flatMap(([type, named]) => Object.values(named).map((values) => ({ type, values })));
};

/** What will be there once a plan is applied. */
export const resourcesOfPlan = (text: string): NamedValues[] => {
  const { planned_values: planned } = JSON.parse(text) as {
    planned_values?: { root_module?: { resources?: NamedValues[] } };
  };
  return planned?.root_module?.resources ?? [];
};

const LAMBDA_KEY = /^lambda\/[\w-]+\/([0-9a-f]{64})\.zip$/;
const PLAYER_KEY = /^player\/([0-9a-f]{64})(?:\/[\w-][\w.-]*)+$/;

/** Every zip and page file that resources take from the artifacts bucket. @throws {Failure} for a key without a hash. */
export function artifactsOf(resources: readonly NamedValues[], bucket: string): Artifact[] {
  const keys = resources.flatMap(({ type, values }) => {
    if (type === "aws_lambda_function" && values.s3_bucket === bucket) return [String(values.s3_key)];
    const source = type === "aws_s3_object_copy" ? String(values.source) : "";
    return source.startsWith(`${bucket}/`) ? [source.slice(bucket.length + 1)] : [];
  });
  return [...new Set(keys)].sort().map((key) => {
    const [, sha256] = LAMBDA_KEY.exec(key) ?? PLAYER_KEY.exec(key) ?? [];
    if (sha256) return { key, sha256 };
    throw new Failure(
      `the stack takes ${key} from ${bucket}: it must be lambda/<handler>/<sha256>.zip or player/<sha256>/<path>, so that a key is its content`,
      EXIT.refused,
    );
  });
}

export function functionsOf(resources: readonly NamedValues[]): NamedFunction[] {
  return resources
    .filter(({ type }) => type === "aws_lambda_function")
    .map(({ values }) => ({ name: String(values.function_name), codeSha256: String(values.source_code_hash) }));
}

/** Where a build put the file that belongs under a key. */
export function builtFile(dist: string, { key }: Artifact): string {
  const [folder = "", second = "", ...rest] = key.split("/");
  return folder === "lambda" ? join(dist, folder, `${second}.zip`) : join(dist, folder, ...rest);
}

export interface UploadOptions {
  readonly aws: Aws;
  readonly bucket: string;
  readonly artifacts: readonly Artifact[];
  /** What `npm run build` wrote. */
  readonly dist: string;
  readonly log: (line: string) => void;
}

/** Puts each file once. What is there already with the same content stays; other content under its key is refused. */
export async function uploadArtifacts({ aws, bucket, artifacts, dist, log }: UploadOptions): Promise<void> {
  const files = artifacts.map((artifact) => ({ ...artifact, file: checkedFile(dist, artifact) }));
  const there = await inTurns(files, async ({ key, sha256, file }) => {
    const outcome = await aws.put({ bucket, key }, file, sha256, { once: true });
    if (outcome === "taken") await assertContent(aws, bucket, { key, sha256 });
    return outcome === "taken";
  });
  const kept = there.filter(Boolean).length;
  log(`artifacts: ${files.length - kept} uploaded, ${kept} there already`);
}

function checkedFile(dist: string, artifact: Artifact): string {
  const file = builtFile(dist, artifact);
  if (!existsSync(file)) throw new Failure(`${file} is missing: build with npm run build`, EXIT.refused);
  const got = sha256OfFile(file);
  if (got === artifact.sha256) return file;
  throw new Failure(
    `${file} has sha256 ${got}, the stack names ${artifact.sha256}: build and synthesise from the same sources with npm run synth`,
    EXIT.refused,
  );
}

/** All that a plan names must be there with its content, before anything is applied. */
export async function verifyArtifacts(aws: Aws, bucket: string, artifacts: readonly Artifact[]): Promise<void> {
  const missing = (
    await inTurns(artifacts, async (artifact) => ((await assertContent(aws, bucket, artifact)) ? [] : [artifact.key]))
  ).flat();
  if (missing.length === 0) return;
  throw new Failure(
    `${missing.length} of ${artifacts.length} artifacts are not in ${bucket}: ${missing.join(", ")}; nothing was applied; upload them (npx tsx script/gitops/cli.ts upload) and apply again`,
    EXIT.refused,
  );
}

/** @returns false when there is no object. @throws {Failure} when it is another. */
async function assertContent(aws: Aws, bucket: string, { key, sha256 }: Artifact): Promise<boolean> {
  const got = await aws.sha256({ bucket, key });
  if (got === undefined || got === sha256) return got !== undefined;
  const found = got === UNKNOWN_SHA256 ? "no SHA-256 of S3's own" : `sha256 ${got}`;
  throw new Failure(
    `s3://${bucket}/${key} has ${found} and not the content of its name: nothing was applied; find out who wrote it, delete that version and upload again`,
    EXIT.refused,
  );
}

/** After an apply: each function must run the code that was planned. */
export async function verifyFunctions(aws: Aws, functions: readonly NamedFunction[]): Promise<void> {
  const wrong = (
    await inTurns(functions, async ({ name, codeSha256 }) => {
      const got = await aws.codeSha256(name);
      return got === codeSha256 ? [] : [`${name} runs ${got ?? "nothing"} and not ${codeSha256}`];
    })
  ).flat();
  if (wrong.length === 0) return;
  throw new Failure(
    `applied, but not the code that was planned: ${wrong.join("; ")}; find out who deployed it, then apply again`,
  );
}

const AT_ONCE = 4;

/** Maps with a few calls at a time, in order. */
async function inTurns<T, R>(items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(map))));
  }
  return results;
}
