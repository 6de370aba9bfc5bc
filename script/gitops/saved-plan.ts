import { chmodSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Aws } from "./aws";
import { EXIT, Failure } from "./failure";
import type { Places } from "./places";
import { sha256OfFile } from "./sha256";

/** Where a plan waits, and which bytes it has: passed from the job that planned to the one that applies. */
export interface SavedPlan {
  readonly key: string;
  readonly sha256: string;
}

/** Keeps a plan file in the state bucket, where only the role that applies can read it; it holds secrets in clear. */
export async function savePlan(aws: Aws, places: Places, run: string, file: string): Promise<SavedPlan> {
  const sha256 = sha256OfFile(file);
  const key = places.savedPlan(run, sha256);
  await aws.put({ bucket: places.stateBucket, key }, file, sha256);
  return { key, sha256 };
}

/** Fetches a plan file into a folder and checks that it is the one that was approved. @returns its name in the folder */
export async function fetchPlan(aws: Aws, places: Places, saved: SavedPlan, folder: string): Promise<string> {
  const { key, sha256 } = saved;
  if (!key.startsWith(places.savedPlans)) {
    throw new Failure(`--plan-key must begin with ${places.savedPlans}, got ${key}`, EXIT.refused);
  }
  const name = "approved.tfplan";
  const file = join(folder, name);
  if (!(await aws.get({ bucket: places.stateBucket, key }, file))) {
    throw new Failure(`s3://${places.stateBucket}/${key} does not exist, or not any more: plan again`, EXIT.refused);
  }
  chmodSync(file, 0o600);
  const got = sha256OfFile(file);
  if (got === sha256) return name;
  rmSync(file);
  throw new Failure(
    `the saved plan was tampered with: s3://${places.stateBucket}/${key} has sha256 ${got}, approved was ${sha256}; nothing was applied; find out in the bucket's access log who wrote it, then plan again`,
    EXIT.refused,
  );
}
