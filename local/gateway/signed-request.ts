import { AwsError } from "../kernel/aws-service";
import { ALGORITHM, splitUrl, type RequestHead, type Scope } from "./canonical-request";

/** The signature that a request carries, taken apart but not verified. */
export interface SignedRequest {
  readonly accessKeyId: string;
  readonly scope: Scope;
  /** `YYYYMMDD'T'HHMMSS'Z'`. */
  readonly amzDate: string;
  readonly signedHeaders: readonly string[];
  /** Hexadecimal. */
  readonly signature: string;
  /** Seconds a presigned address is good for; undefined when the signature stands in a header. */
  readonly expires?: number;
}

/** A presigned address lives for a week at most (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html). */
const LONGEST_PRESIGNED_SECONDS = 604_800;

/** Finds the Signature Version 4 of a request in its header or its query; undefined when it is not signed. */
export function parseSignedRequest(head: RequestHead): SignedRequest | undefined {
  const { authorization } = head.headers;
  if (authorization?.startsWith(ALGORITHM)) return fromHeader(head, authorization);
  const { query } = splitUrl(head.url);
  return query.includes("X-Amz-Algorithm=") ? fromQuery(new URLSearchParams(query)) : undefined;
}

function fromHeader(head: RequestHead, authorization: string): SignedRequest {
  const fields = new Map(
    authorization
      .slice(ALGORITHM.length)
      .split(",")
      .map((field) => {
        const [name = "", ...value] = field.trim().split("=");
        return [name, value.join("=")] as const;
      }),
  );
  return {
    ...parseCredential(required(fields.get("Credential"), "Credential")),
    amzDate: parseDate(head.headers["x-amz-date"] ?? head.headers.date),
    signedHeaders: required(fields.get("SignedHeaders"), "SignedHeaders").split(";"),
    signature: required(fields.get("Signature"), "Signature"),
  };
}

function fromQuery(query: URLSearchParams): SignedRequest {
  const parameter = (name: string): string => required(query.get(name), name);
  const expires = Number(parameter("X-Amz-Expires"));
  if (!Number.isInteger(expires) || expires < 1 || expires > LONGEST_PRESIGNED_SECONDS) {
    throw malformed(
      `X-Amz-Expires must be a whole number of seconds from 1 to ${LONGEST_PRESIGNED_SECONDS}, got ${query.get("X-Amz-Expires")}`,
    );
  }
  return {
    ...parseCredential(parameter("X-Amz-Credential")),
    amzDate: parseDate(parameter("X-Amz-Date")),
    signedHeaders: parameter("X-Amz-SignedHeaders").split(";"),
    signature: parameter("X-Amz-Signature"),
    expires,
  };
}

function parseCredential(credential: string): Pick<SignedRequest, "accessKeyId" | "scope"> {
  const [accessKeyId, day, region, service, terminator, ...rest] = credential.split("/");
  if (!accessKeyId || !day || !region || !service || terminator !== "aws4_request" || rest.length > 0) {
    throw malformed(`Credential must be KEY/YYYYMMDD/REGION/SERVICE/aws4_request, got ${credential}`);
  }
  return { accessKeyId, scope: { day, region, service } };
}

function parseDate(value: string | readonly string[] | undefined): string {
  const text = typeof value === "string" ? value : "";
  if (/^\d{8}T\d{6}Z$/.test(text)) return text;
  const time = Date.parse(text);
  if (Number.isNaN(time))
    throw new AwsError("AccessDenied", "AWS authentication requires a valid Date or x-amz-date header", 403);
  return formatAmzDate(time);
}

/** ISO 8601 basic format, as `x-amz-date` has it. */
export function formatAmzDate(time: number): string {
  return new Date(time).toISOString().replace(/[-:]|\.\d{3}/g, "");
}

/** Milliseconds since 1970 of an `x-amz-date`; NaN for a day or hour that does not exist. */
export function amzDateToTime(amzDate: string): number {
  return Date.parse(amzDate.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

function required(value: string | null | undefined, name: string): string {
  if (!value) throw malformed(`${name} is missing from the signature`);
  return value;
}

function malformed(message: string): AwsError {
  return new AwsError("AuthorizationHeaderMalformed", `The authorization is malformed: ${message}`, 400);
}
