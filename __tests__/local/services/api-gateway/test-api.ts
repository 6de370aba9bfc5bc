import { generateKeyPairSync } from "node:crypto";
import type { JSONWebKeySet } from "jose";
import type { AwsRequest } from "../../../../local/kernel/aws-service";
import { createApiGateway, type ApiGatewayOptions } from "../../../../local/services/api-gateway/api-gateway";
import { awsRequest, counter, deploymentOf, manualTime } from "../test-kit";

export const HOST = "abc123.execute-api.eu-west-1.amazonaws.com";
export const MINT = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/mint/invocations";
export const ISSUER = "https://127.0.0.1:4566/eu-west-1_pool";
export const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const jwks = { keys: [{ ...publicKey.export({ format: "jwk" }), kid: "one" }] } as JSONWebKeySet;

/** Beside the request line `GET /api/titles HTTP/1.1`. */
export const LARGEST_HEADER = 10_240 - 24;

export const RESOURCES = {
  "aws_apigatewayv2_api.entitle": { id: "abc123", name: "entitle", protocol_type: "HTTP" },
  "aws_apigatewayv2_stage.default": { api_id: "abc123", name: "$default" },
  "aws_apigatewayv2_integration.mint": {
    id: "int1",
    api_id: "abc123",
    integration_type: "AWS_PROXY",
    integration_uri: MINT,
    payload_format_version: "2.0",
  },
  "aws_apigatewayv2_authorizer.viewers": {
    id: "auth1",
    api_id: "abc123",
    identity_sources: ["$request.header.Authorization"],
    jwt_configuration: [{ audience: ["player"], issuer: ISSUER }],
  },
  "aws_apigatewayv2_route.play": {
    api_id: "abc123",
    route_key: "POST /play/{assetId}",
    target: "integrations/int1",
    authorization_type: "JWT",
    authorizer_id: "auth1",
  },
  "aws_apigatewayv2_route.titles": { api_id: "abc123", route_key: "GET /api/{proxy+}", target: "integrations/int1" },
};

export function gateway(
  options: Partial<ApiGatewayOptions> = {},
  resources: Record<string, Record<string, unknown>> = RESOURCES,
) {
  const events: { principal: unknown; name: string; event: Record<string, unknown> }[] = [];
  const failures: string[] = [];
  const time = manualTime();
  const api = createApiGateway({
    deployment: deploymentOf(resources),
    invoke: async (principal, name, event) => {
      events.push({ principal, name, event: event as Record<string, unknown> });
      return {
        requestId: "r",
        failed: false,
        payload: '{"statusCode":200,"headers":{"content-type":"application/json"},"body":"{}"}',
      };
    },
    jwksFor: async (issuer) => (issuer === ISSUER ? jwks : undefined),
    clock: time.clock,
    ids: counter("request"),
    timers: time.timers,
    onFailure: (message) => failures.push(message),
    ...options,
  });
  return { api, events, failures, time };
}

export const request = (parts: Parameters<typeof awsRequest>[0] = {}): AwsRequest =>
  awsRequest({
    host: HOST,
    method: "GET",
    path: "/api/titles",
    principal: { kind: "anonymous", arn: "anonymous" },
    ...parts,
  });

export const refused = (status: number, text: string) => ({
  status,
  headers: { "content-type": "application/json", "apigw-requestid": "request-1" },
  body: JSON.stringify({ message: text }),
});
