import type { Principal } from "../kernel/aws-service";
import type { Behavior } from "./behavior";
import { CONDITIONAL, originHeaders } from "./origin-headers";
import { joinQuery, parseQuery } from "./query";
import { NOTHING, selects } from "./selection";
import type { ViewerRequest } from "./types";

/** An origin request about to be sent, as a signer needs it. */
export interface UnsignedOriginRequest {
  /** SigV4 service name: `s3`, `mediapackagev2`, `lambda`, `mediastore`. */
  readonly service: string;
  readonly method: string;
  /** The origin's domain name, also the `host` header. */
  readonly host: string;
  /** As it will be sent, percent-encoded. */
  readonly path: string;
  /** As it will be sent, without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Signs as a principal and gives the headers to add (`authorization`, `x-amz-date`, `x-amz-content-sha256`); what it
 * gives replaces headers of the same names.
 */
export type SignOriginRequest = (
  principal: Principal,
  request: UnsignedOriginRequest,
) => Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>>;

export interface OriginRequest {
  readonly method: string;
  /** With the query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Builds the request to the origin; `conditional` passes the viewer's range and conditions on. */
export async function buildOriginRequest(
  request: ViewerRequest,
  behavior: Behavior,
  sign: { readonly principal: Principal; readonly signer?: SignOriginRequest },
  extra: { readonly conditional: boolean; readonly headers?: Readonly<Record<string, string>> },
): Promise<OriginRequest> {
  const path = behavior.origin.path + request.path;
  const query = originQuery(request, behavior);
  const headers = { ...originHeaders(request, behavior), ...extra.headers };
  if (extra.conditional) {
    for (const name of CONDITIONAL) if (request.headers[name] !== undefined) headers[name] = request.headers[name];
  }
  const signed = await signature(request.method, path, query, headers, behavior, sign);
  return {
    method: request.method,
    target: query === "" ? path : `${path}?${query}`,
    headers: { ...headers, ...signed },
  };
}

async function signature(
  method: string,
  path: string,
  query: string,
  headers: Readonly<Record<string, string>>,
  { origin }: Behavior,
  { principal, signer }: { readonly principal: Principal; readonly signer?: SignOriginRequest },
): Promise<Readonly<Record<string, string>>> {
  const control = origin.accessControl;
  if (!control || control.signing === "never") return {};
  if (control.signing === "no-override" && headers.authorization !== undefined) return {};
  if (!signer) throw new Error(`origin ${origin.id} has an access control, but no signOriginRequest was given`);
  const host = origin.domainName;
  return signer(principal, { service: control.originType, method, host, path, query, headers });
}

function originQuery(request: ViewerRequest, { cachePolicy, originRequestPolicy }: Behavior): string {
  const selections = [cachePolicy.queryStrings, originRequestPolicy?.queryStrings ?? NOTHING];
  return joinQuery(
    parseQuery(request.query).filter(({ name }) => selections.some((selection) => selects(selection, name))),
  );
}
