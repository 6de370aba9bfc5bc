import { timingSafeEqual } from "node:crypto";
import { AwsError, type Principal } from "../kernel/aws-service";
import type { Clock } from "../kernel/clock";
import {
  ALGORITHM,
  canonicalRequest,
  hmac,
  scopeText,
  sha256Hex,
  signingKey,
  stringToSign,
  type RequestHead,
} from "./canonical-request";
import type { AccessKey, CredentialRegistry } from "./credentials";
import { amzDateToTime, formatAmzDate, type SignedRequest } from "./signed-request";

/** How far a caller's clock may be off (https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html). */
const SKEW_MS = 15 * 60 * 1000;

export interface VerifyOptions {
  readonly credentials: CredentialRegistry;
  readonly clock: Clock;
  /** What the canonical request ends in: the payload's SHA-256 in hexadecimal, or S3's name for leaving it out. */
  readonly payloadHash: string;
}

/** Checks the signatures of an `aws-chunked` body, each of which covers the one before it. */
export interface ChunkVerifier {
  chunk(sha256: string, signature: string): boolean;
  trailer(sha256: string, signature: string): boolean;
}

/**
 * Establishes who sent a request. Refuses with 403 `InvalidAccessKeyId`, `SignatureDoesNotMatch`,
 * `RequestTimeTooSkewed`, or `AccessDenied` for a presigned address that has expired and for an `x-amz-` header of S3
 * that the signature does not cover.
 */
export function verifySignature(
  head: RequestHead,
  signed: SignedRequest,
  { credentials, clock, payloadHash }: VerifyOptions,
): { readonly principal: Principal; readonly chunks: ChunkVerifier } {
  const holder = credentials.lookup(signed.accessKeyId);
  if (!holder) {
    throw new AwsError("InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist in our records.", 403);
  }
  checkTime(signed, clock());
  const key = signingKey(holder.secretAccessKey, signed.scope);
  const request = canonicalRequest(head, signed.scope.service, signed.signedHeaders, payloadHash);
  const expected = hmac(key, stringToSign(signed.amzDate, signed.scope, request)).toString("hex");
  if (!signed.signedHeaders.includes("host") || !equal(expected, signed.signature)) throw mismatch();
  checkHeaders(head, signed);
  return { principal: holder.principal, chunks: chunkVerifier(signed, key) };
}

function checkTime({ amzDate, scope, expires }: SignedRequest, now: number): void {
  const time = amzDateToTime(amzDate);
  if (Number.isNaN(time) || !amzDate.startsWith(scope.day)) throw mismatch();
  if (expires === undefined) {
    if (Math.abs(now - time) <= SKEW_MS) return;
    throw new AwsError(
      "RequestTimeTooSkewed",
      `The difference between the request time and the current time is too large: signed at ${amzDate}, it is ${formatAmzDate(now)}.`,
      403,
    );
  }
  if (time - now > SKEW_MS) throw new AwsError("AccessDenied", "Request is not yet valid", 403);
  if (now > time + expires * 1000) throw new AwsError("AccessDenied", "Request has expired", 403);
}

/** S3's own headers change what a request does: https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function checkHeaders({ headers }: RequestHead, { scope, signedHeaders }: SignedRequest): void {
  if (scope.service !== "s3") return;
  const loose = Object.keys(headers).some((name) => name.startsWith("x-amz-") && !signedHeaders.includes(name));
  if (loose) throw new AwsError("AccessDenied", "There were headers present in the request which were not signed", 403);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and, for trailers, sigv4-streaming-trailers.html */
function chunkVerifier(signed: SignedRequest, key: Buffer): ChunkVerifier {
  let previous = signed.signature;
  const check = (kind: string, parts: readonly string[], signature: string): boolean => {
    const text = [`${ALGORITHM}-${kind}`, signed.amzDate, scopeText(signed.scope), previous, ...parts].join("\n");
    previous = hmac(key, text).toString("hex");
    return equal(previous, signature);
  };
  return {
    chunk: (sha256, signature) => check("PAYLOAD", [sha256Hex(""), sha256], signature),
    trailer: (sha256, signature) => check("TRAILER", [sha256], signature),
  };
}

export interface SignRequest {
  readonly method: string;
  /** Host header, with port where there is one. */
  readonly host: string;
  /** Path and query as they will be sent. */
  readonly path: string;
  /** Further headers to sign, names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SignOptions {
  readonly credentials: AccessKey;
  readonly service: string;
  readonly region: string;
  readonly clock: Clock;
  /** Defaults to `UNSIGNED-PAYLOAD`, as CloudFront signs its requests to S3. */
  readonly payloadHash?: string;
}

/** Signs a request for a caller inside the platform; the headers to send with it, `host` included. */
export function sign(request: SignRequest, options: SignOptions): Record<string, string> {
  const amzDate = formatAmzDate(options.clock());
  const scope = { day: amzDate.slice(0, 8), region: options.region, service: options.service };
  const payloadHash = options.payloadHash ?? "UNSIGNED-PAYLOAD";
  const headers: Record<string, string> = {
    ...request.headers,
    host: request.host,
    "x-amz-content-sha256": payloadHash,
    "x-amz-date": amzDate,
  };
  const names = Object.keys(headers).sort();
  const head = { method: request.method, url: request.path, headers };
  const text = stringToSign(amzDate, scope, canonicalRequest(head, scope.service, names, payloadHash));
  const signature = hmac(signingKey(options.credentials.secretAccessKey, scope), text).toString("hex");
  const credential = `${options.credentials.accessKeyId}/${scopeText(scope)}`;
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}

function equal(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
}

function mismatch(): AwsError {
  return new AwsError(
    "SignatureDoesNotMatch",
    "The request signature we calculated does not match the signature you provided. Check your key and signing method.",
    403,
  );
}
