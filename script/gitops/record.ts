import type { AppliedChange } from "./apply-events";
import type { Aws } from "./aws";
import type { Places } from "./places";
import { getJson, putJson } from "./store-json";

/** Who and what stands behind an apply. */
export interface RunFacts {
  /** Id of the workflow run; by hand, any name. */
  readonly run: string;
  readonly tree: string;
  readonly commit: string;
  readonly actor: string;
  /** Who approved the environment, as GitHub tells; empty where nobody was asked. */
  readonly approvers: readonly string[];
  /** Page of the run. */
  readonly url?: string;
}

/** One apply, kept in the state bucket. `started` stays when a run was cut off. */
export interface ApplyRecord extends RunFacts {
  readonly environment: string;
  readonly digest: string;
  readonly planSha256: string;
  readonly parity: "match" | "mismatch approved" | "destroy";
  readonly startedAt: string;
  readonly endedAt?: string;
  readonly outcome: "started" | "applied" | "partial" | "failed" | "unverified";
  readonly applied: readonly AppliedChange[];
  readonly problem?: string;
}

export interface Recorder {
  keep(record: ApplyRecord): Promise<void>;
}

/** Writes one apply's record, again and again under the same key as it goes on. */
export function recorder(aws: Aws, places: Places, start: Date, run: string): Recorder {
  const place = { bucket: places.stateBucket, key: places.record(start, run) };
  return { keep: async (record) => void (await putJson(aws, place, record)) };
}

/** The last records, newest first. */
export async function lastRecords(aws: Aws, places: Places, most: number): Promise<ApplyRecord[]> {
  const bucket = places.stateBucket;
  const keys = (await aws.keys(bucket, places.records)).filter((key) => key.endsWith(".json"));
  const newest = keys.sort().reverse().slice(0, most);
  return Promise.all(newest.map(async (key) => (await getJson(aws, { bucket, key })) as ApplyRecord));
}

export function recordLine({
  startedAt,
  environment,
  outcome,
  run,
  tree,
  actor,
  approvers,
  ...rest
}: ApplyRecord): string {
  const approved = approvers.length > 0 ? `approved by ${approvers.join(", ")}` : "nobody was asked";
  const changes = `${rest.applied.length} ${rest.applied.length === 1 ? "change" : "changes"}`;
  const problem = rest.problem ? `: ${rest.problem}` : "";
  return `${startedAt} ${environment} ${outcome}, ${changes}, run ${run} by ${actor}, ${approved}, tree ${tree.slice(0, 12)}, ${rest.parity}${problem}`;
}
