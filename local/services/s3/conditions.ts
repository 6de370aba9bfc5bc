import { AwsError, type AwsRequest } from "../../kernel/aws-service";
import { header } from "./context";
import type { ObjectVersion } from "./version";

type Stamp = Pick<ObjectVersion, "etag" | "lastModified">;

/** What a conditional read comes to; a 412 is thrown. An ETag condition that holds makes its date condition void. */
export function readOutcome(request: AwsRequest, version: Stamp): "send" | "not-modified" {
  checkSourceConditions(version, {
    match: header(request, "if-match"),
    unmodifiedSince: header(request, "if-unmodified-since"),
  });
  const noneMatch = header(request, "if-none-match");
  if (noneMatch !== undefined) return matches(noneMatch, version.etag) ? "not-modified" : "send";
  const since = header(request, "if-modified-since");
  return since !== undefined && !changedSince(version, since) ? "not-modified" : "send";
}

export interface SourceConditions {
  readonly match?: string;
  readonly noneMatch?: string;
  readonly modifiedSince?: string;
  readonly unmodifiedSince?: string;
}

/** @throws AwsError `PreconditionFailed` 412 */
export function checkSourceConditions(version: Stamp, conditions: SourceConditions): void {
  const { match, noneMatch, modifiedSince, unmodifiedSince } = conditions;
  if (match !== undefined && !matches(match, version.etag)) throw failed("If-Match");
  if (match === undefined && unmodifiedSince !== undefined && changedSince(version, unmodifiedSince)) {
    throw failed("If-Unmodified-Since");
  }
  if (noneMatch !== undefined && matches(noneMatch, version.etag)) throw failed("If-None-Match");
  if (noneMatch === undefined && modifiedSince !== undefined && !changedSince(version, modifiedSince)) {
    throw failed("If-Modified-Since");
  }
}

/** `If-None-Match: *` and `If-Match: <etag>` of a write. */
export interface WriteCondition {
  readonly ifNoneMatch?: string;
  readonly ifMatch?: string;
}

export function writeCondition(request: AwsRequest): WriteCondition {
  const condition = { ifNoneMatch: header(request, "if-none-match"), ifMatch: header(request, "if-match") };
  if (condition.ifNoneMatch === undefined || condition.ifNoneMatch === "*") return condition;
  throw new AwsError("NotImplemented", `If-None-Match of a write must be *, got ${condition.ifNoneMatch}`, 501);
}

/** @throws AwsError `PreconditionFailed` 412, or `NoSuchKey` 404 for an If-Match without an object */
export function checkWriteCondition({ ifNoneMatch, ifMatch }: WriteCondition, current: Stamp | undefined): void {
  if (ifNoneMatch !== undefined && current) throw failed("If-None-Match");
  if (ifMatch === undefined) return;
  if (!current) throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
  if (!matches(ifMatch, current.etag)) throw failed("If-Match");
}

function matches(list: string, etag: string): boolean {
  return list.split(",").some((entry) => {
    const value = entry.trim().replace(/^W\//, "");
    return value === "*" || value.replace(/^"|"$/g, "") === etag;
  });
}

/** HTTP dates have whole seconds. A date that is none holds for nothing. */
function changedSince({ lastModified }: Stamp, date: string): boolean {
  return Math.floor(lastModified / 1000) * 1000 > Date.parse(date);
}

function failed(condition: string): AwsError {
  return new AwsError(
    "PreconditionFailed",
    `At least one of the pre-conditions you specified did not hold: ${condition}`,
    412,
  );
}
