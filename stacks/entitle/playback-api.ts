import { Apigatewayv2Api, type Apigatewayv2ApiCorsConfiguration } from "@cdktf/provider-aws/lib/apigatewayv2-api";
import { Apigatewayv2Authorizer } from "@cdktf/provider-aws/lib/apigatewayv2-authorizer";
import { Apigatewayv2Integration } from "@cdktf/provider-aws/lib/apigatewayv2-integration";
import { Apigatewayv2Route } from "@cdktf/provider-aws/lib/apigatewayv2-route";
import { Apigatewayv2Stage } from "@cdktf/provider-aws/lib/apigatewayv2-stage";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { HandlerFunction } from "../shared/handler-function";
import type { Identity } from "./identity";

/** The HTTP API behind the edge. Every route takes a bearer token; every handler checks the origin secret besides. */
export class PlaybackApi extends Construct {
  private readonly api: Apigatewayv2Api;
  private readonly authorizer: Apigatewayv2Authorizer;

  constructor(scope: Construct, id: string, environment: Environment, identity: Identity) {
    super(scope, id);
    this.api = new Apigatewayv2Api(this, "entitle", {
      name: `vod-entitle-${environment.name}`,
      protocolType: "HTTP",
      corsConfiguration: preflights(environment),
    });
    this.authorizer = new Apigatewayv2Authorizer(this, "viewers:authorizer", {
      apiId: this.api.id,
      name: "viewers",
      authorizerType: "JWT",
      identitySources: ["$request.header.Authorization"],
      jwtConfiguration: { issuer: identity.issuer, audience: [identity.audience] },
    });
    new Apigatewayv2Stage(this, "entitle:stage", {
      apiId: this.api.id,
      name: "$default",
      autoDeploy: true,
      // A brake on cost behind the firewall's own limits, for the whole API.
      defaultRouteSettings: { throttlingBurstLimit: 500, throttlingRateLimit: 1000 },
    });
  }

  /** Host of the API's origin. */
  get domainName(): string {
    return Fn.trimprefix(this.api.apiEndpoint, "https://");
  }

  /** Serves a route, e.g. `POST /play/{assetId}`, by a handler. */
  serve<Env extends Record<string, string>>(
    name: string,
    routeKey: string,
    handler: HandlerFunction<Env>,
    { timeoutSeconds = 10 }: { readonly timeoutSeconds?: number } = {},
  ): void {
    const integration = new Apigatewayv2Integration(this, `${name}:integration`, {
      apiId: this.api.id,
      integrationType: "AWS_PROXY",
      integrationUri: handler.lambda.invokeArn,
      payloadFormatVersion: "2.0",
      timeoutMilliseconds: timeoutSeconds * 1000,
    });
    new Apigatewayv2Route(this, `${name}:route`, {
      apiId: this.api.id,
      routeKey,
      target: `integrations/${integration.id}`,
      authorizationType: "JWT",
      authorizerId: this.authorizer.id,
    });
    const [method, path] = routeKey.split(" ");
    new LambdaPermission(this, `${name}:permission`, {
      functionName: handler.lambda.functionName,
      action: "lambda:InvokeFunction",
      principal: "apigateway.amazonaws.com",
      sourceArn: `${this.api.executionArn}/*/${method}${path?.replaceAll(/\{[^}]+\}/g, "*")}`,
    });
  }
}

/**
 * A player on another host sends its token in a header, so browsers ask first, and the API answers that by itself. The
 * edge's own headers then take the place of these.
 */
function preflights({ deliver }: Environment): Apigatewayv2ApiCorsConfiguration | undefined {
  if (deliver.corsOrigins.length === 0) return undefined;
  return {
    allowCredentials: true,
    allowOrigins: [...deliver.corsOrigins],
    allowMethods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
    allowHeaders: ["authorization", "content-type"],
    maxAge: 600,
  };
}
