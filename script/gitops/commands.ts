import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { applySavedPlan } from "./apply";
import { artifactsOf, functionsOf, resourcesOfStack, uploadArtifacts, verifyFunctions } from "./artifacts";
import type { Arguments } from "./cli-options";
import { assertMayDestroy } from "./destroy";
import { reportDrift } from "./drift";
import { EXIT, Failure } from "./failure";
import { type MadePlan, withPlan } from "./make-plan";
import { keepReview, mismatch, type Review } from "./parity";
import { saveFreshPlan } from "./plan";
import { lastRecords, recordLine } from "./record";
import { savePlan, type SavedPlan } from "./saved-plan";
import { type Session, stackText } from "./session";
import { sha256 } from "./sha256";
import { verifyEdge } from "./verify";

/** A command: its options and session in, a line or more on the log, a {@link Failure} when it did not do its work. */
export type Command = (args: Arguments, session: Session, outputs: Outputs) => Promise<void>;

/** Hands values to later steps and jobs. */
export type Outputs = (values: Readonly<Record<string, string>>) => void;

export const COMMANDS: Readonly<Record<string, Command>> = {
  plan,
  upload,
  apply,
  destroy,
  drift,
  record,
  verify,
};

async function plan(args: Arguments, session: Session, outputs: Outputs): Promise<void> {
  const { environment, aws, places, log } = session;
  const tree = session.tree();
  await withPlan(session.terraform(), async (made) => {
    writeReport(args, session, made, tree);
    log(`${environment.name}: ${made.summary.changes.length} changes, digest ${made.summary.digest}`);
    if (!args.values.save) return outputs(planOutputs(made));
    const { parity, saved } = await saveFreshPlan(made, { aws, places, tree, run: session.run });
    outputs({ ...planOutputs(made, saved), parity: parity.kind });
    if (parity.kind === "mismatch") throw mismatch(environment.name, made.summary.digest, parity.difference);
    log(parity.kind === "match" ? `${environment.name}: as reviewed` : `${environment.name}: nothing to do`);
  });
}

function planOutputs({ changes, summary }: MadePlan, saved?: SavedPlan): Record<string, string> {
  const where: Record<string, string> = saved ? { "plan-key": saved.key, "plan-sha256": saved.sha256 } : {};
  return { changes: String(changes), digest: summary.digest, ...where };
}

/** The report and the review, for jobs without credentials to pass on: neither holds a secret. */
function writeReport({ values }: Arguments, session: Session, made: MadePlan, tree: string): void {
  if (values.out === undefined) return session.log(made.markdown);
  const review: Review = {
    environment: session.environment.name,
    tree,
    stack: sha256(stackText(session)),
    ...made.summary,
  };
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, "change-list.md"), made.markdown);
  writeFileSync(join(values.out, "review.json"), `${JSON.stringify(review, null, 2)}\n`);
}

async function upload({ values }: Arguments, session: Session): Promise<void> {
  const { aws, places, dist, log, environment } = session;
  if (values.review !== undefined) {
    const review = JSON.parse(readFileSync(values.review, "utf8")) as Review;
    if (review.environment !== environment.name) {
      throw new Failure(`${values.review} is of ${review.environment}, not of ${environment.name}`, EXIT.refused);
    }
    await keepReview(aws, places, review);
    return log(`review of tree ${review.tree.slice(0, 12)} kept, digest ${review.digest}`);
  }
  const bucket = places.artifactsBucket;
  const artifacts = artifactsOf(resourcesOfStack(stackText(session)), bucket);
  await uploadArtifacts({ aws, bucket, artifacts, dist, log });
}

async function apply({ values, required }: Arguments, session: Session): Promise<void> {
  const { environment, places, aws, clock, log } = session;
  if (values.destroy) assertMayDestroy({ ...destroyRules(session), confirm: required("confirm") });
  const saved = { key: required("plan-key"), sha256: required("plan-sha256") };
  const facts = await session.facts();
  const { destroy, accept } = values;
  const work = session.terraform();
  await applySavedPlan({
    environment: environment.name,
    places,
    aws,
    saved,
    facts,
    accept,
    destroy,
    clock,
    log,
    ...work,
  });
}

async function destroy(args: Arguments, session: Session, outputs: Outputs): Promise<void> {
  const { aws, places, run, log, environment } = session;
  assertMayDestroy({ ...destroyRules(session), confirm: args.required("confirm") });
  await withPlan({ ...session.terraform(), destroy: true }, async (made) => {
    writeReport(args, session, made, session.tree());
    const saved = made.changes ? await savePlan(aws, places, run, made.file) : undefined;
    outputs(planOutputs(made, saved));
    log(`${environment.name}: ${made.summary.changes.length} changes would destroy it, digest ${made.summary.digest}`);
  });
}

function destroyRules({ environment: { name, destroyable } }: Session): { environment: string; destroyable: boolean } {
  return { environment: name, destroyable };
}

async function drift(_: Arguments, session: Session, outputs: Outputs): Promise<void> {
  const { environment, url, log } = session;
  await withPlan(session.terraform(), async (made) => {
    const outcome = await reportDrift(made, { gh: session.gh(), environment: environment.name, url });
    outputs({ drift: String(made.changes) });
    log(`${environment.name}: ${made.changes ? "drift" : "no drift"}, issue: ${outcome}`);
  });
}

async function record({ values }: Arguments, { aws, places, log }: Session): Promise<void> {
  const records = await lastRecords(aws, places, Number(values.limit ?? "10"));
  records.map(recordLine).forEach(log);
  if (records.length === 0) log("nothing was ever applied from here");
}

async function verify(_: Arguments, session: Session): Promise<void> {
  const { aws, fetch, log, environment } = session;
  await verifyFunctions(aws, functionsOf(resourcesOfStack(stackText(session))));
  const { terraform } = session.terraform();
  await terraform.init();
  const { app } = await terraform.outputs();
  (await verifyEdge({ environment: environment.name, app, fetch })).forEach(log);
}

/** Appends to the file that GitHub reads step outputs from; on a laptop they are shown. */
export function outputsTo(file: string | undefined, log: (line: string) => void): Outputs {
  return (values) => {
    const lines = Object.entries(values).map(([name, value]) => `${name}=${value}`);
    if (file === undefined) lines.forEach(log);
    else appendFileSync(file, lines.map((line) => `${line}\n`).join(""));
  };
}
