import type { IncomingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";

/** Who makes a call: an IAM role or user, an AWS service acting for a resource, or nobody that signed. */
export interface Principal {
  readonly kind: "role" | "user" | "service" | "anonymous";
  /** Role or user ARN; for a service its principal name, e.g. `cloudfront.amazonaws.com`; `anonymous` for nobody. */
  readonly arn: string;
  /** For a service: the resource it acts for (the `aws:SourceArn` of a policy condition). */
  readonly sourceArn?: string;
  /** For a role: the name of its session; a function's is the function's. */
  readonly session?: string;
  /** What the request itself says of how it came, e.g. `{"aws:SecureTransport": "false"}`. */
  readonly request?: ConditionContext;
}

export const ANONYMOUS: Principal = { kind: "anonymous", arn: "anonymous" };

/** Values that policy conditions may read, e.g. `{"s3:prefix": "uploads/"}`. */
export type ConditionContext = Readonly<Record<string, string | readonly string[]>>;

/**
 * Records that `principal` performs `action` (`s3:GetObject`) on `resource` (an ARN), and throws an
 * {@link AwsError} when it may not. Every service calls it before it acts.
 */
export type Authorize = (principal: Principal, action: string, resource: string, context?: ConditionContext) => void;

/** Whether a call would be allowed; nothing is recorded, since nobody made it. */
export type Permits = (principal: Principal, action: string, resource: string, context?: ConditionContext) => boolean;

/** A request that reached the gateway, its caller already established from the signature. */
export interface AwsRequest {
  readonly method: string;
  /** Path as sent, still percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Host header without port. */
  readonly host: string;
  /** The payload, `aws-chunked` framing already removed and its checksums verified. */
  readonly body: Readable;
  readonly principal: Principal;
}

/** What is known of a request before its payload and its caller are. */
export type UnopenedRequest = Omit<AwsRequest, "body" | "principal">;

export interface AwsResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer | Readable;
}

/** A local service that speaks an AWS protocol. */
export interface AwsService {
  /** Signing name in SigV4's credential scope: `s3`, `dynamodb`, `mediaconvert`, `mediapackage-vod`, ... */
  readonly name: string;
  handle(request: AwsRequest): Promise<AwsResponse>;
  /** Answers a browser's CORS preflight; undefined where the service has no say in it. */
  preflight?(request: UnopenedRequest): AwsResponse | undefined;
  /** Headers that let a page of another origin read an answer, whatever the answer is. */
  corsHeaders?(request: UnopenedRequest): Readonly<Record<string, string>>;
}

/** An error with AWS's own code and HTTP status; each service renders it in its protocol. */
export class AwsError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
    this.name = "AwsError";
  }
}
