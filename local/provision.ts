import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Principal } from "./kernel/aws-service";
import type { ObjectStore } from "./kernel/object-store";
import type { Deployment } from "./terraform/deployment";

/** The bucket of `vod-bootstrap-<env>` that holds what a build made: where the functions are told to find their code. */
export function artifactsBucket(deployment: Deployment): string {
  const [first] = deployment.all("aws_lambda_function");
  if (!first) throw new Error("the stack has no aws_lambda_function, so nothing says where artifacts lie");
  return String(first.values.s3_bucket);
}

interface Built {
  readonly sha256: string;
}

/** Uploads what the build made, under the names that the stack was synthesised with. */
export async function uploadArtifacts(store: ObjectStore, as: Principal, bucket: string, dist: string): Promise<void> {
  const lambda = manifest<Built & { readonly file: string }>(dist, "lambda");
  for (const [handler, { file, sha256 }] of Object.entries(lambda)) {
    await store.put(as, bucket, `lambda/${handler}/${sha256}.zip`, await readFile(join(dist, "lambda", file)));
  }
  for (const [path, { sha256 }] of Object.entries(manifest<Built>(dist, "player"))) {
    await store.put(as, bucket, `player/${sha256}/${path}`, await readFile(join(dist, "player", path)));
  }
}

/** Makes the objects that the stack itself puts into buckets: the player page, and what it is told about the platform. */
export async function applyObjects(store: ObjectStore, as: Principal, deployment: Deployment): Promise<void> {
  for (const { values } of deployment.all("aws_s3_object_copy")) {
    const [bucket = "", ...key] = String(values.source).split("/");
    await put(store, as, values, await store.read(as, bucket, key.join("/")));
  }
  for (const { values } of deployment.all("aws_s3_object")) {
    await put(store, as, values, Buffer.from(String(values.content)));
  }
}

async function put(
  store: ObjectStore,
  as: Principal,
  values: Readonly<Record<string, unknown>>,
  body: Buffer,
): Promise<void> {
  await store.put(as, String(values.bucket), String(values.key), body, {
    contentType: String(values.content_type),
    cacheControl: String(values.cache_control),
  });
}

function manifest<T>(dist: string, part: string): Record<string, T> {
  return JSON.parse(readFileSync(join(dist, part, "manifest.json"), "utf8")) as Record<string, T>;
}
