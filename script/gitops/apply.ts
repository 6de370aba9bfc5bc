import { existsSync } from "node:fs";
import { join } from "node:path";
import {
  artifactsOf,
  functionsOf,
  type NamedFunction,
  resourcesOfPlan,
  verifyArtifacts,
  verifyFunctions,
} from "./artifacts";
import type { AppliedChange } from "./apply-events";
import type { Aws } from "./aws";
import { type CodeDrift, codeDriftOf } from "./code-drift";
import { assertDestroys } from "./destroy";
import { Failure } from "./failure";
import { mismatch, parityOf } from "./parity";
import type { Places } from "./places";
import { type ApplyRecord, lastRecords, recorder, type RunFacts } from "./record";
import { type PlanSummary, summarise } from "./reviewed-plan";
import { fetchPlan, type SavedPlan } from "./saved-plan";
import { sha256OfFile } from "./sha256";
import type { ApplyOutcome, Terraform } from "./terraform";
import { LockHeld } from "./terraform-failure";

export interface ApplyRequest {
  readonly environment: string;
  readonly places: Places;
  readonly terraform: Terraform;
  readonly aws: Aws;
  /** Terraform's folder, as `makeWorkdir` made it. */
  readonly folder: string;
  readonly saved: SavedPlan;
  readonly facts: RunFacts;
  /** Digest that a person approved although it is not the reviewed one. */
  readonly accept?: string;
  /** The plan destroys, and its own approval stands in for a review. */
  readonly destroy?: boolean;
  readonly clock: () => Date;
  readonly log: (line: string) => void;
}

/**
 * Applies exactly the plan file that was approved: its bytes, its digest and every artifact that it names are checked
 * first; what was done is recorded; the code that functions run is checked after.
 * @throws {Failure} of one line that says what to do next
 */
export async function applySavedPlan(request: ApplyRequest): Promise<ApplyRecord> {
  const { aws, places, terraform, folder, saved, log } = request;
  const file = await fetchPlan(aws, places, saved, folder);
  await terraform.init();
  const planJson = await terraform.show(file);
  const summary = summarise(planJson);
  const parity = await judgeParity(request, summary);
  const resources = resourcesOfPlan(planJson);
  await verifyArtifacts(aws, places.artifactsBucket, artifactsOf(resources, places.artifactsBucket));

  const code = codeDriftOf(planJson);
  const start = begun(request, summary, parity);
  await keep(request, start);
  // Code that has to be put back is no change of Terraform's.
  const planned = summary.changes.length > code.length;
  const made = planned ? await applied(request, file, start) : start;
  const record = await withCode(request, made, code, functionsOf(resources));
  log(`applied ${record.applied.length} changes to ${request.environment}, recorded as run ${record.run}`);
  return record;
}

async function judgeParity(request: ApplyRequest, summary: PlanSummary): Promise<ApplyRecord["parity"]> {
  const { aws, places, environment, facts, accept, destroy } = request;
  if (destroy) {
    assertDestroys(summary);
    return "destroy";
  }
  const parity = await parityOf(aws, places, facts.tree, summary);
  if (parity.kind === "match") return "match";
  if (accept === summary.digest) return "mismatch approved";
  throw mismatch(environment, summary.digest, parity.difference);
}

function begun(
  { environment, saved, facts, clock }: ApplyRequest,
  { digest }: PlanSummary,
  parity: ApplyRecord["parity"],
) {
  return {
    environment,
    ...facts,
    digest,
    planSha256: saved.sha256,
    parity,
    startedAt: clock().toISOString(),
    outcome: "started",
    applied: [],
  } satisfies ApplyRecord;
}

/** Puts code back where Terraform cannot, and looks whether every function runs what it should. */
async function withCode(
  request: ApplyRequest,
  made: ApplyRecord,
  drift: readonly CodeDrift[],
  functions: readonly NamedFunction[],
): Promise<ApplyRecord> {
  const { aws, log, clock } = request;
  const putBack: AppliedChange[] = [];
  const end = (): ApplyRecord => ({
    ...made,
    outcome: "applied",
    applied: [...made.applied, ...putBack],
    endedAt: clock().toISOString(),
  });
  try {
    for (const { address, name, bucket, key } of drift) {
      await aws.updateCode(name, { bucket, key });
      putBack.push({ address: `${address} (code)`, action: "update" });
      log(`update ${address} (code)`);
    }
    await verifyFunctions(aws, functions);
  } catch (error) {
    await keep(request, { ...end(), outcome: "unverified", problem: (error as Error).message });
    throw error;
  }
  const record = end();
  await keep(request, record);
  return record;
}

/** What Terraform applies; the record of the start stays as it is when the run is cut off. */
async function applied(request: ApplyRequest, file: string, start: ApplyRecord): Promise<ApplyRecord> {
  const outcome = await request.terraform.apply(file);
  const made = { ...start, applied: outcome.applied };
  if (!outcome.problem) return made;
  const problem = await explained(request, outcome, outcome.problem);
  const end = { outcome: outcome.applied.length > 0 ? "partial" : "failed", problem: problem.message } as const;
  await keep(request, { ...made, ...end, endedAt: request.clock().toISOString() });
  throw problem;
}

function keep({ aws, places }: ApplyRequest, record: ApplyRecord): Promise<void> {
  return recorder(aws, places, new Date(record.startedAt), record.run).keep(record);
}

async function explained(request: ApplyRequest, outcome: ApplyOutcome, problem: Failure): Promise<Failure> {
  const rescued = await rescueState(request);
  if (rescued) return new Failure(`${rescued}; the apply ended with: ${problem.message}`);
  if (problem instanceof LockHeld) return new LockHeld(problem.holder, await holderAdvice(request));
  if (outcome.applied.length === 0) return problem;
  const done = outcome.applied.map(({ action, address }) => `${action} ${address}`).join(", ");
  const undone = outcome.failed.map(({ action, address }) => `${action} ${address}`).join(", ");
  return new Failure(
    `apply stopped half-way: done: ${done}; not done: ${undone || "see the cause"}: ${problem.message}; mend the cause and run the apply again: it plans what is left and asks for ${request.environment}-mismatch, since the reviewed plan had more`,
  );
}

/** Which run to look at before a lock is broken: the last one on record that never said how it ended. */
async function holderAdvice({ aws, places, facts }: ApplyRequest): Promise<string> {
  const records = await lastRecords(aws, places, 10);
  const open = records.find(({ outcome, run }) => outcome === "started" && run !== facts.run);
  if (!open) return "no apply is on record as unfinished, so ask the holder; only if nobody is at work";
  const where = open.url === undefined ? "" : ` (${open.url})`;
  return `run ${open.run}${where} by ${open.actor} has not ended: see whether it is still at work; only if it is not`;
}

/** A state that Terraform could not write back is on this disk only, and a runner's disk goes with it. */
async function rescueState({ aws, places, folder, facts }: ApplyRequest): Promise<string | undefined> {
  const file = join(folder, "errored.tfstate");
  if (!existsSync(file)) return undefined;
  const key = places.rescuedState(facts.run);
  await aws.put({ bucket: places.stateBucket, key }, file, sha256OfFile(file));
  return `the state could not be written: it is kept as s3://${places.stateBucket}/${key}; push it with terraform state push before anything else is applied`;
}
