import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import {
  ANONYMOUS,
  AwsError,
  type AwsResponse,
  type AwsService,
  type ConditionContext,
  type UnopenedRequest,
} from "../kernel/aws-service";
import type { Clock } from "../kernel/clock";
import { splitUrl } from "./canonical-request";
import type { CredentialRegistry } from "./credentials";
import { bufferedPayload, plainPayload, streamedPayload } from "./payload";
import { internalFailure, renderError } from "./render-error";
import { findRoute, type Origin, type Route } from "./route";
import { sendResponse } from "./send-response";
import { verifySignature } from "./signature-v4";
import { parseSignedRequest, type SignedRequest } from "./signed-request";

export interface GatewayOptions {
  /** 0 takes any free port. */
  readonly port: number;
  readonly credentials: CredentialRegistry;
  readonly clock: Clock;
  /** Ids of requests, as `x-amz-request-id` shows them. */
  readonly newId: () => string;
  /** Told of errors that are no {@link AwsError}: defects. `request` is method and path, without query. */
  readonly onError: (error: unknown, request: string) => void;
  readonly services?: readonly AwsService[];
  readonly origins?: readonly Origin[];
}

export interface Gateway {
  readonly port: number;
  /** `http://127.0.0.1:<port>`, the value of `AWS_ENDPOINT_URL`. */
  readonly address: string;
  /** Requests for a service that is not registered are answered with 503. */
  register(...services: readonly AwsService[]): void;
  registerOrigin(...origins: readonly Origin[]): void;
  /** Stops listening, lets running requests end for `graceMs` (2,000), then cuts them. */
  stop(graceMs?: number): Promise<void>;
}

/** Listens on 127.0.0.1 for every AWS API and every origin; services may be registered afterwards. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const services = new Map<string, AwsService>();
  const origins: Origin[] = [];
  const register = (...added: readonly AwsService[]): void => added.forEach((each) => services.set(each.name, each));
  const registerOrigin = (...added: readonly Origin[]): void => void origins.push(...added);
  register(...(options.services ?? []));
  registerOrigin(...(options.origins ?? []));

  // A client that keeps connections open must not lose one to the server's timer in the moment it sends; uploads
  // may take as long as they take.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: 75_000, maxHeaderSize: 64 * 1024 });
  server.on("request", (request, response) => void serve(request, response, options, services, origins));
  const port = await listen(server, options.port);
  return { port, address: `http://127.0.0.1:${port}`, register, registerOrigin, stop: (grace) => stop(server, grace) };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: GatewayOptions,
  services: ReadonlyMap<string, AwsService>,
  origins: readonly Origin[],
): Promise<void> {
  const requestId = options.newId();
  const { path, query } = splitUrl(request.url ?? "/");
  let name = "s3";
  let answer: AwsResponse;
  let cors: Readonly<Record<string, string>> = {};
  try {
    const host = hostName(request);
    const signed = parseSignedRequest(headOf(request));
    const target = request.headers["x-amz-target"];
    name = signed?.scope.service ?? (target === undefined ? name : "json");
    const route = findRoute({ host, path, signed, target: target?.toString() }, services, origins);
    name = route.name;
    const call = {
      method: request.method ?? "GET",
      path,
      query: new URLSearchParams(query),
      headers: request.headers,
      host,
    };
    if (isPreflight(request, route)) answer = route.preflight?.(call) ?? preflight(request);
    else {
      cors = route.corsHeaders?.(call) ?? {};
      answer = await handle(route, call, request, signed, options);
    }
  } catch (error) {
    if (!(error instanceof AwsError)) options.onError(error, `${request.method} ${path}`);
    const known = error instanceof AwsError ? error : internalFailure();
    const contentType = request.headers["content-type"];
    answer = renderError(known, { service: name, requestId, resource: path, contentType });
  }
  const extra = {
    "x-amz-request-id": requestId,
    "x-amzn-requestid": requestId,
    ...(name === "cognito-idp" ? OPEN : {}),
    ...cors,
  };
  try {
    await sendResponse(request, response, answer, extra);
  } catch (error) {
    // A header that HTTP cannot carry: a defect of the service that made it.
    options.onError(error, `${request.method} ${path}`);
    response.destroy();
  }
}

async function handle(
  route: Route,
  call: UnopenedRequest,
  request: IncomingMessage,
  signed: SignedRequest | undefined,
  { credentials, clock }: GatewayOptions,
): Promise<AwsResponse> {
  if (!signed) return route.handle({ ...call, principal: ANONYMOUS, body: plainPayload(request) });
  const streamed = signed.scope.service === "s3";
  const payload = streamed ? streamedPayload(request, signed.expires !== undefined) : await bufferedPayload(request);
  const verified = verifySignature(headOf(request), signed, { credentials, clock, payloadHash: payload.hash });
  const principal = { ...verified.principal, request: wayOf(request) };
  return route.handle({ ...call, principal, body: payload.open(verified.chunks) });
}

/**
 * How a request came, for conditions of policies. The gateway speaks http where AWS speaks TLS: what is to count as
 * plaintext says so in `x-forwarded-proto`.
 */
function wayOf({ socket, headers }: IncomingMessage): ConditionContext {
  const plaintext = headers["x-forwarded-proto"] === "http";
  return {
    ...(socket.remoteAddress === undefined ? {} : { "aws:SourceIp": socket.remoteAddress }),
    ...(plaintext && { "aws:SecureTransport": "false" }),
  };
}

function headOf({ method = "GET", url = "/", headers }: IncomingMessage) {
  return { method, url, headers };
}

function hostName({ headers }: IncomingMessage): string {
  return (headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
}

/** Viewers sign in from the player's page, which is of another origin. */
const OPEN = {
  "access-control-allow-origin": "*",
  "access-control-expose-headers": "x-amzn-errortype,x-amzn-requestid",
};

/** A preflight names no service, save in a presigned address; what no service has a say in opens Cognito's API. */
function isPreflight({ method, headers }: IncomingMessage, route: Route): boolean {
  return method === "OPTIONS" && headers["access-control-request-method"] !== undefined && !route.isOrigin;
}

function preflight({ headers }: IncomingMessage): AwsResponse {
  return {
    status: 200,
    headers: {
      ...OPEN,
      "access-control-allow-methods": "GET, POST",
      "access-control-allow-headers": headers["access-control-request-headers"] ?? "content-type,x-amz-target",
      "access-control-max-age": "3600",
    },
    body: "",
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const busy = error.code === "EADDRINUSE";
      reject(
        busy
          ? new Error(`gateway: port ${port} of 127.0.0.1 is in use; stop what listens there or choose another`)
          : error,
      );
    });
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function stop(server: Server, graceMs = 2_000): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
