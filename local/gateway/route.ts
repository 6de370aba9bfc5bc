import {
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type AwsService,
  type UnopenedRequest,
} from "../kernel/aws-service";
import type { SignedRequest } from "./signed-request";

/** Something that answers under its own host name, as CloudFront's origins do. */
export interface Origin {
  /** Service whose protocol errors are written in; JSON when left out. */
  readonly name?: string;
  /** Host header without port, in lower case; path still percent-encoded, without query. */
  matches(host: string, path: string): boolean;
  handle(request: AwsRequest): Promise<AwsResponse>;
}

export interface Route {
  /** Service whose protocol errors are written in. */
  readonly name: string;
  readonly isOrigin?: boolean;
  handle(request: AwsRequest): Promise<AwsResponse>;
  preflight?(request: UnopenedRequest): AwsResponse | undefined;
  corsHeaders?(request: UnopenedRequest): Readonly<Record<string, string>>;
}

export interface RoutedRequest {
  readonly host: string;
  readonly path: string;
  /** The `x-amz-target` header. */
  readonly target?: string;
  readonly signed?: SignedRequest;
}

const COGNITO = "cognito-idp";

/** What stands on the host of a user pool's domain; without DNS it is found by its path, which no bucket here has. */
const HOSTED = /^\/(?:login|logout|oauth2\/(?:authorize|token|revoke))$/;

/** Finds who answers: an origin by host, a service by the signature's scope, and Cognito, whose callers need not sign. */
export function findRoute(
  request: RoutedRequest,
  services: ReadonlyMap<string, AwsService>,
  origins: readonly Origin[],
): Route {
  const origin = origins.find((each) => each.matches(request.host, request.path));
  if (origin) return { name: origin.name ?? "origin", isOrigin: true, handle: (call) => origin.handle(call) };
  const name = serviceName(request);
  const service = services.get(name);
  if (service) return service;
  return { name, handle: () => Promise.reject(notRegistered(name, [...services.keys()])) };
}

function serviceName({ signed, target, path }: RoutedRequest): string {
  if (signed) return signed.scope.service;
  if (target?.startsWith("AWSCognitoIdentityProviderService.")) return COGNITO;
  // A pool's keys stand at /<region>_<id>/.well-known/jwks.json, read by anyone.
  if (/^\/[\w-]+_[0-9A-Za-z]+\/\.well-known\//.test(path)) return COGNITO;
  if (HOSTED.test(path)) return COGNITO;
  if (target === undefined) return "s3";
  throw new AwsError("MissingAuthenticationTokenException", "Request is missing Authentication Token", 403);
}

function notRegistered(name: string, registered: readonly string[]): AwsError {
  const allowed = registered.length > 0 ? registered.join(", ") : "none yet, the platform is starting";
  return new AwsError("ServiceUnavailable", `no service "${name}" answers at this gateway; there are: ${allowed}`, 503);
}
