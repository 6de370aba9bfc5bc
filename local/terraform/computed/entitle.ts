import type { Attributes, Instance } from "./instance";

const apiHost = (it: Instance, id: string) => `https://${id}.execute-api.${it.region}.amazonaws.com`;
const shortId: Attributes = { id: (it) => it.lower(7) };
const poolId = (it: Instance) => `${it.region}_${it.upper(9)}`;

/** The HTTP API and the viewers' user pool. */
export const entitle: Readonly<Record<string, Attributes>> = {
  aws_apigatewayv2_api: {
    id: (it) => it.lower(10),
    arn: (it) => it.arn("apigateway", `/apis/${it.lower(10)}`, { account: "" }),
    api_endpoint: (it) => apiHost(it, it.lower(10)),
    execution_arn: (it) => it.arn("execute-api", it.lower(10)),
  },
  aws_apigatewayv2_authorizer: shortId,
  aws_apigatewayv2_integration: shortId,
  aws_apigatewayv2_route: shortId,
  aws_apigatewayv2_stage: {
    id: (it) => it.text("name"),
    arn: (it) => it.arn("apigateway", `/apis/${it.text("api_id")}/stages/${it.text("name")}`, { account: "" }),
    execution_arn: (it) => it.arn("execute-api", `${it.text("api_id")}/${it.text("name")}`),
    invoke_url: (it) => {
      const stage = it.text("name");
      return `${apiHost(it, it.text("api_id"))}/${stage === "$default" ? "" : stage}`;
    },
  },

  aws_cognito_user_pool: {
    id: poolId,
    arn: (it) => it.arn("cognito-idp", `userpool/${poolId(it)}`),
    /** On AWS `cognito-idp.<region>.amazonaws.com/<pool>`; here the gateway is the issuer's host. */
    endpoint: (it) => `${it.context.gatewayHost}/${poolId(it)}`,
  },
  aws_cognito_user_pool_client: { id: (it) => it.lower(26) },
  aws_cognito_user_pool_domain: { id: (it) => it.text("domain") },
  aws_cognito_user_group: { id: (it) => `${it.text("user_pool_id")}/${it.text("name")}` },
};
