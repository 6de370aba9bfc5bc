import { gateway, RESOURCES } from "./test-api";

describe("a stack that API Gateway would not run like this", () => {
  test.each([
    [
      "aws_apigatewayv2_api.entitle",
      { protocol_type: "WEBSOCKET" },
      "aws_apigatewayv2_api.entitle: protocol_type must be HTTP, got WEBSOCKET",
    ],
    [
      "aws_apigatewayv2_integration.mint",
      { payload_format_version: "1.0" },
      "aws_apigatewayv2_integration.mint: must be AWS_PROXY with payload_format_version 2.0, got AWS_PROXY 1.0",
    ],
    [
      "aws_apigatewayv2_route.play",
      { target: "integrations/none" },
      "aws_apigatewayv2_route.play: target must be integrations/<id> of one of the API's integrations, got integrations/none",
    ],
    [
      "aws_apigatewayv2_route.play",
      { authorizer_id: "none" },
      "aws_apigatewayv2_route.play: authorizer_id must be one of the API's authorizers, got none",
    ],
    [
      "aws_apigatewayv2_route.play",
      { authorization_type: "AWS_IAM" },
      "aws_apigatewayv2_route.play: authorization_type must be JWT or NONE, got AWS_IAM",
    ],
  ])("%s %j is refused", (address, change, message) => {
    const resources: Record<string, Record<string, unknown>> = { ...RESOURCES };
    resources[address] = { ...resources[address], ...change };
    expect(() => gateway({}, resources)).toThrow(new Error(message));
  });
});
