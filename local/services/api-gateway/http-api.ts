import { block, type Deployment, type Resource } from "../../terraform/deployment";
import { textOr } from "../text-or";
import { readCors, type Cors } from "./cors";
import { parseRouteKey, type RouteKey } from "./route-key";

/** One HTTP API of the stack, as its `aws_apigatewayv2_*` resources describe it. */
export interface HttpApi {
  readonly id: string;
  /** `<id>.execute-api.<region>.amazonaws.com` */
  readonly domainName: string;
  readonly executionArn: string;
  readonly stage: string;
  /** Absent: the API answers no preflight by itself. */
  readonly cors?: Cors;
  readonly routes: readonly HttpRoute[];
}

export interface HttpRoute {
  readonly key: RouteKey;
  readonly integration: Integration;
  /** Absent: anyone may call. */
  readonly authorizer?: JwtAuthorizerConfig;
  /** One of them must be in the token; empty: none is asked for. */
  readonly scopes: readonly string[];
}

export interface Integration {
  /** Lambda ARN or invoke ARN. */
  readonly uri: string;
  readonly timeoutMs: number;
}

export interface JwtAuthorizerConfig {
  readonly issuer: string;
  readonly audience: readonly string[];
  /** `$request.header.Authorization` or `$request.querystring.<name>`. */
  readonly identitySource: string;
}

/**
 * HTTP APIs wait half a minute at most:
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html
 */
const INTEGRATION_MS = 30_000;

/** Reads every HTTP API; throws for an API, integration or authorizer of a kind that is not run on one machine. */
export function readHttpApis(deployment: Deployment): HttpApi[] {
  return deployment.all("aws_apigatewayv2_api").map(({ address, values }) => {
    if (values.protocol_type !== "HTTP") {
      throw new Error(`${address}: protocol_type must be HTTP, got ${String(values.protocol_type)}`);
    }
    const id = String(values.id);
    const { account, region } = deployment;
    const own = (type: string): Resource[] => deployment.all(type).filter((resource) => resource.values.api_id === id);
    return {
      id,
      domainName: `${id}.execute-api.${region}.amazonaws.com`,
      executionArn: `arn:aws:execute-api:${region}:${account}:${id}`,
      stage: textOr(own("aws_apigatewayv2_stage")[0]?.values.name, "$default"),
      cors: readCors(block(values, "cors_configuration")),
      routes: own("aws_apigatewayv2_route").map((route) =>
        readRoute(route, own("aws_apigatewayv2_integration"), own("aws_apigatewayv2_authorizer")),
      ),
    };
  });
}

function readRoute({ address, values }: Resource, integrations: Resource[], authorizers: Resource[]): HttpRoute {
  const integration = integrations.find((each) => `integrations/${String(each.values.id)}` === values.target);
  if (!integration)
    throw new Error(
      `${address}: target must be integrations/<id> of one of the API's integrations, got ${String(values.target)}`,
    );
  const authorizer = readAuthorizer(address, values, authorizers);
  return {
    key: parseRouteKey(String(values.route_key), address),
    integration: readIntegration(integration),
    ...(authorizer && { authorizer }),
    scopes: Array.isArray(values.authorization_scopes) ? values.authorization_scopes.map(String) : [],
  };
}

function readIntegration({ address, values }: Resource): Integration {
  const kind = `${textOr(values.integration_type, "AWS_PROXY")} ${String(values.payload_format_version)}`;
  if (kind !== "AWS_PROXY 2.0") {
    throw new Error(`${address}: must be AWS_PROXY with payload_format_version 2.0, got ${kind}`);
  }
  return { uri: String(values.integration_uri), timeoutMs: Number(values.timeout_milliseconds ?? INTEGRATION_MS) };
}

function readAuthorizer(
  address: string,
  values: Resource["values"],
  authorizers: Resource[],
): JwtAuthorizerConfig | undefined {
  const type = textOr(values.authorization_type, "NONE");
  if (type === "NONE") return undefined;
  if (type !== "JWT") throw new Error(`${address}: authorization_type must be JWT or NONE, got ${type}`);
  const authorizer = authorizers.find((each) => each.values.id === values.authorizer_id);
  if (!authorizer)
    throw new Error(
      `${address}: authorizer_id must be one of the API's authorizers, got ${String(values.authorizer_id)}`,
    );
  const jwt = block(authorizer.values, "jwt_configuration") ?? {};
  const sources = authorizer.values.identity_sources;
  return {
    issuer: String(jwt.issuer),
    audience: Array.isArray(jwt.audience) ? jwt.audience.map(String) : [],
    identitySource: Array.isArray(sources) ? String(sources[0]) : "$request.header.Authorization",
  };
}
