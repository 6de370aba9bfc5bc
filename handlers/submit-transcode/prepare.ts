import type { Catalogue } from "../shared/catalogue";
import type { Log } from "../shared/log";
import { ok, refused, type Result } from "../shared/result";
import type { Failure, SideCar, Title, Version } from "../shared/title";
import { withFailure, withVersion } from "../shared/title-changes";
import { destinationsOf, downloadPath, posterPath } from "./destinations";
import type { Encoder } from "./encoder";
import { jobRequest } from "./job";
import { prefixBeside, sideCarsOf } from "./side-cars";
import type { ListObjects } from "./source-bucket";
import { ingestFailure, sourceFacts } from "./source-facts";
import { tailor, type Tailored } from "./tailor";

export interface PrepareDeps {
  readonly catalogue: Catalogue;
  readonly encoder: Encoder;
  readonly listObjects: ListObjects;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
  readonly settings: {
    readonly topology: "mediapackage" | "direct";
    readonly jobTemplate: string;
    readonly jobTemplateVersion: string;
    readonly queueArn: string;
    readonly roleArn: string;
    readonly packagedBucket: string;
  };
}

/** A version that this invocation claimed. */
export interface Claimed {
  readonly assetId: string;
  readonly version: string;
  readonly bucket: string;
  readonly key: string;
}

interface Plan extends Tailored {
  readonly sideCars: readonly SideCar[];
  readonly hasAudio: boolean;
  readonly durationSeconds?: number;
}

/** From a claimed version to a submitted job, or to FAILED with the reason. */
export async function prepare(deps: PrepareDeps, claimed: Claimed): Promise<void> {
  const { assetId, version } = claimed;
  const planned = await plan(deps, claimed);
  if (!planned.ok) return fail(deps, claimed, planned.problem);
  // Listed before the job is paid for: an event about the job may arrive before CreateJob's answer.
  const recorded = await recordPlan(deps, claimed, planned.value);
  if (recorded.kind === "overtaken") return deps.log("SUBMIT_OVERTAKEN", { assetId, version });
  const job = await jobFor(deps, claimed, planned.value, recorded);
  if (!job.ok) return fail(deps, claimed, job.problem);
  await recordJob(deps, claimed, job.value);
  deps.log("JOB_SUBMITTED", { assetId, version, jobId: job.value });
}

async function plan({ encoder, listObjects, settings }: PrepareDeps, claimed: Claimed): Promise<Result<Plan, Failure>> {
  const { assetId, version, bucket, key } = claimed;
  const beside = await listObjects(bucket, prefixBeside(key));
  const listed = beside.some((object) => object.key === key);
  const probe = await encoder.probe(`s3://${bucket}/${key}`, listed);
  if (!probe.ok) return refused(probe.problem);
  const facts = sourceFacts(probe.value);
  if (!facts.ok) return refused(facts.problem);
  const sideCars = sideCarsOf(key, beside);
  const tailored = tailor({
    template: await encoder.template(settings.jobTemplate),
    sourceUrl: `s3://${bucket}/${key}`,
    facts: facts.value,
    captions: sideCars.map((sideCar) => ({ url: `s3://${bucket}/${sideCar.key}`, language: sideCar.language })),
    destinations: destinationsOf(settings.topology, settings.packagedBucket, assetId, version),
  });
  const { hasAudio, durationSeconds } = facts.value;
  return ok({ ...tailored, sideCars, hasAudio, durationSeconds });
}

/**
 * The version's job: a new one, or the one that an invocation submitted which broke off before its record. MediaConvert
 * itself recognises a repeated submission for a minute only, and each job is paid for.
 */
async function jobFor(
  { encoder, settings: { queueArn, roleArn } }: PrepareDeps,
  { assetId, version }: Claimed,
  { settings }: Plan,
  { plannedBefore }: Extract<Recorded, { kind: "planned" }>,
): Promise<Result<string, Failure>> {
  const known = plannedBefore && (await encoder.submitted({ queueArn, assetId, version, since: plannedBefore }));
  return known ? ok(known) : encoder.submit(jobRequest({ assetId, version, settings, queueArn, roleArn }));
}

type Recorded =
  | { readonly kind: "overtaken" }
  /** `plannedBefore`: when the version was received (ISO 8601), where an earlier invocation came as far as this. */
  | { readonly kind: "planned"; readonly plannedBefore?: string };

/** Whether the version is still the newest and still ours; one that was overtaken is put down as superseded. */
function recordPlan(deps: PrepareDeps, { assetId, version: id }: Claimed, planned: Plan): Promise<Recorded> {
  const { jobTemplate, jobTemplateVersion } = deps.settings;
  const overtaken: Recorded = { kind: "overtaken" };
  return deps.catalogue.change<Recorded>(assetId, (title) => {
    const version = title?.versions[id];
    if (!title || version?.status !== "RECEIVED") return { result: overtaken };
    const now = isoNow(deps);
    if (title.latest !== id) {
      const superseded: Partial<Version> = { status: "SUPERSEDED", leaseUntil: undefined };
      return { write: withVersion(title, version, superseded, now), result: overtaken };
    }
    const plannedBefore = version.template && version.at.RECEIVED;
    const { sideCars, renditions, hasAudio, hasDownload, durationSeconds } = planned;
    const captions = sideCars.map(({ language }) => language);
    const template = { name: jobTemplate, version: jobTemplateVersion };
    const poster = posterPath(assetId, id);
    const download = hasDownload ? downloadPath(assetId, id) : undefined;
    const changes = { sideCars, captions, renditions, hasAudio, durationSeconds, template, poster, download };
    return { write: withVersion(title, version, changes, now), result: { kind: "planned", plannedBefore } };
  });
}

/** The job's own events may have moved the version on already; then only its id is missing. */
function recordJob(deps: PrepareDeps, { assetId, version: id }: Claimed, jobId: string): Promise<void> {
  return deps.catalogue.change(assetId, (title) => {
    const version = title?.versions[id];
    if (!title || !version || version.job) return { result: undefined };
    const started: Partial<Version> =
      version.status === "RECEIVED" ? { status: "TRANSCODING", leaseUntil: undefined } : {};
    const changes: Partial<Version> = { ...started, job: { id: jobId, status: "SUBMITTED" } };
    return { write: withVersion(title, version, changes, isoNow(deps)), result: undefined };
  });
}

/** Puts the refusal on record, unless the version has moved on without us. */
export async function fail(deps: PrepareDeps, { assetId, version: id }: Claimed, failure: Failure): Promise<void> {
  await deps.catalogue.change(assetId, (title: Title | undefined) => {
    const version = title?.versions[id];
    if (!title || version?.status !== "RECEIVED") return { result: undefined };
    return { write: withFailure(title, version, failure, isoNow(deps)), result: undefined };
  });
  const code = failure.stage === "ingest" ? "MEZZANINE_REFUSED" : "SUBMIT_REFUSED";
  deps.log(code, { assetId, version: id, stage: failure.stage, failure: failure.code, reason: failure.reason });
}

export const EMPTY_FILE: Failure = ingestFailure("EMPTY", "The file is empty (0 bytes).");

export function isoNow({ now }: Pick<PrepareDeps, "now">): string {
  return new Date(now()).toISOString();
}
