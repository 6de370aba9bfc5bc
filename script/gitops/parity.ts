import type { Aws } from "./aws";
import { EXIT, Failure } from "./failure";
import type { Places } from "./places";
import { differences, type PlanSummary } from "./reviewed-plan";
import { getJson, putJson } from "./store-json";

/** That a plan was shown for a tree: written when a pull request is planned, read when its tree is applied. */
export interface Review extends PlanSummary {
  readonly environment: string;
  /** Git's hash of the tree that was synthesised; a squash keeps it. */
  readonly tree: string;
  /** SHA-256 of the synthesised stack. */
  readonly stack: string;
}

export type Parity =
  | { readonly kind: "match" }
  /** What to tell the person who is asked for the second approval. */
  | { readonly kind: "mismatch"; readonly difference: string };

const HASH = /^[0-9a-f]{40}([0-9a-f]{24})?$/;

/** @throws {Failure} for what is no hash of Git's */
export function treeHash(tree: string): string {
  if (HASH.test(tree)) return tree;
  throw new Failure(
    `the tree must be a Git hash of 40 or 64 hex digits (git rev-parse HEAD^{tree}), got "${tree}"`,
    EXIT.refused,
  );
}

/** Keeps a review. A tree may be reviewed more than once, since the state moves: each of its digests was shown. */
export async function keepReview(aws: Aws, places: Places, review: Review): Promise<void> {
  const key = places.review(treeHash(review.tree), review.digest);
  await putJson(aws, { bucket: places.artifactsBucket, key }, review, { once: true });
}

/** Whether a fresh plan of a tree is one that was reviewed. */
export async function parityOf(aws: Aws, places: Places, tree: string, fresh: PlanSummary): Promise<Parity> {
  const bucket = places.artifactsBucket;
  const keys = await aws.keys(bucket, places.reviews(treeHash(tree)));
  if (keys.includes(places.review(tree, fresh.digest))) return { kind: "match" };
  const [newest] = keys;
  if (newest === undefined) {
    return { kind: "mismatch", difference: `no plan of tree ${tree.slice(0, 12)} was reviewed` };
  }
  const reviewed = (await getJson(aws, { bucket, key: newest })) as Review;
  return { kind: "mismatch", difference: differences(reviewed, fresh) || "the whole differs, no single change does" };
}

export function mismatch(environment: string, digest: string, difference: string): Failure {
  return new Failure(
    `not what was reviewed: ${difference}; read the fresh plan and approve ${environment}-mismatch to apply exactly it (digest ${digest})`,
    EXIT.mismatch,
  );
}
