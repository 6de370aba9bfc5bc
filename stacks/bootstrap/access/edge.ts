import type { Environment } from "../../../environments/environment";
import { type Grant, of, tagged, tagging } from "./grant";

/** The distribution and what belongs to it, the API, and the viewers' pool. */
export function edge(environment: Environment): Grant[] {
  return [...cloudfront(environment), ...firewall(environment), ...domain(environment), ...entrance(environment)];
}

/** Keys and key groups have no ARN, and nothing but the distribution has tags: they are told apart by names alone. */
function cloudfront({ name, account }: Environment): Grant[] {
  const arn = (resource: string): string => `arn:aws:cloudfront::${account}:${resource}`;
  const parts = (types: Readonly<Record<string, string>>, on: (type: string) => string): Grant => {
    const verbs = (...verbs: string[]): string[] =>
      Object.values(types).flatMap((part) => verbs.map((verb) => `cloudfront:${verb}${part}`));
    return {
      types: Object.keys(types).map((type) => `aws_cloudfront_${type.replaceAll("-", "_")}`),
      on: [...new Set(Object.keys(types).map(on))],
      read: verbs("Get"),
      change: verbs("Create", "Update", "Delete"),
    };
  };
  return [
    {
      types: ["aws_cloudfront_distribution"],
      on: [arn("distribution/*")],
      read: of("cloudfront", "GetDistribution", "GetDistributionConfig", "ListTagsForResource"),
      change: of("cloudfront", "DeleteDistribution", "UntagResource", "UpdateDistribution"),
      when: tagged(name),
    },
    {
      types: [],
      on: [arn("distribution/*")],
      change: of("cloudfront", "CreateDistribution", "TagResource"),
      when: tagging(name),
    },
    parts(POLICIES, (type) => arn(`${type}/*`)),
    parts(KEYS, () => "*"),
    {
      types: ["aws_cloudfront_function"],
      on: [arn(`function/vod-*-${name}`)],
      read: of("cloudfront", "DescribeFunction", "GetFunction"),
      change: of("cloudfront", "CreateFunction", "DeleteFunction", "PublishFunction", "UpdateFunction"),
    },
  ];
}

const POLICIES = {
  "cache-policy": "CachePolicy",
  "origin-access-control": "OriginAccessControl",
  "origin-request-policy": "OriginRequestPolicy",
  "response-headers-policy": "ResponseHeadersPolicy",
};
const KEYS = { "key-group": "KeyGroup", "public-key": "PublicKey" };

/** In us-east-1, whatever the environment's Region. */
function firewall({ name, account }: Environment): Grant[] {
  const arn = (resource: string): string => `arn:aws:wafv2:us-east-1:${account}:global/${resource}`;
  const group = arn(`rulegroup/vod-*-${name}/*`);
  const firewalls = arn(`webacl/vod-*-${name}/*`);
  const log = `arn:aws:logs:us-east-1:${account}:log-group:aws-waf-logs-vod-${name}`;
  return [
    {
      types: ["aws_wafv2_web_acl"],
      on: [firewalls],
      read: of("wafv2", "GetWebACL", "ListTagsForResource"),
      change: of("wafv2", "CreateWebACL", "DeleteWebACL", "TagResource", "UntagResource", "UpdateWebACL"),
    },
    // A firewall that uses AWS's rule groups names them in the same call.
    { types: [], on: [arn("managedruleset/*/*"), group], change: of("wafv2", "CreateWebACL", "UpdateWebACL") },
    {
      types: ["aws_wafv2_rule_group"],
      on: [group],
      read: of("wafv2", "GetRuleGroup", "ListTagsForResource"),
      change: of("wafv2", "CreateRuleGroup", "DeleteRuleGroup", "TagResource", "UntagResource", "UpdateRuleGroup"),
    },
    {
      types: ["aws_wafv2_web_acl_logging_configuration"],
      on: [firewalls],
      read: ["wafv2:GetLoggingConfiguration"],
      change: of("wafv2", "DeleteLoggingConfiguration", "PutLoggingConfiguration"),
    },
    {
      types: [],
      on: [log, `${log}:*`],
      read: ["logs:ListTagsForResource"],
      change: [
        ...of("logs", "AssociateKmsKey", "CreateLogGroup", "DeleteLogGroup", "DeleteRetentionPolicy"),
        ...of("logs", "DisassociateKmsKey", "PutRetentionPolicy", "TagResource", "UntagResource"),
      ],
    },
    { types: [], on: [`arn:aws:logs:us-east-1:${account}:log-group:*`], read: ["logs:DescribeLogGroups"] },
    {
      // Neither a policy on the account's logs nor a delivery has a name to narrow by:
      // https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html
      types: ["aws_cloudwatch_log_resource_policy"],
      on: ["*"],
      read: ["logs:DescribeResourcePolicies"],
      change: of("logs", "CreateLogDelivery", "DeleteLogDelivery", "DeleteResourcePolicy", "PutResourcePolicy"),
    },
  ];
}

/** Only with a domain of its own; one that is set later takes another run of the bootstrap. */
function domain({ name, account, deliver }: Environment): Grant[] {
  if (!deliver.domain) return [];
  const certificates = `arn:aws:acm:us-east-1:${account}:certificate/*`;
  return [
    {
      types: ["aws_acm_certificate", "aws_acm_certificate_validation"],
      on: [certificates],
      read: of("acm", "DescribeCertificate", "ListTagsForCertificate"),
      change: of("acm", "DeleteCertificate", "RemoveTagsFromCertificate", "UpdateCertificateOptions"),
      when: tagged(name),
    },
    {
      types: [],
      on: ["*"],
      change: of("acm", "AddTagsToCertificate", "RequestCertificate"),
      when: tagging(name),
    },
    {
      types: ["aws_route53_record"],
      on: [`arn:aws:route53:::hostedzone/${deliver.domain.hostedZoneId}`],
      read: of("route53", "GetHostedZone", "ListResourceRecordSets"),
      change: ["route53:ChangeResourceRecordSets"],
    },
    { types: [], on: ["arn:aws:route53:::change/*"], change: ["route53:GetChange"] },
  ];
}

function entrance({ name, account, region }: Environment): Grant[] {
  const pools = `arn:aws:cognito-idp:${region}:${account}:userpool/*`;
  return [
    {
      types: ["authorizer", "integration", "route", "stage"].map((part) => `aws_apigatewayv2_${part}`),
      on: [`arn:aws:apigateway:${region}::/apis/*`],
      read: ["apigateway:GET"],
      change: of("apigateway", "DELETE", "PATCH", "POST", "PUT"),
    },
    {
      types: ["aws_apigatewayv2_api"],
      on: [`arn:aws:apigateway:${region}::/apis`, `arn:aws:apigateway:${region}::/tags/*`],
      read: ["apigateway:GET"],
      change: of("apigateway", "DELETE", "POST", "PUT", "TagResource"),
    },
    {
      types: ["aws_cognito_user_group", "aws_cognito_user_pool", "aws_cognito_user_pool_client"],
      on: [pools],
      read: [
        ...of("cognito-idp", "DescribeUserPool", "DescribeUserPoolClient", "GetUserPoolMfaConfig"),
        ...of("cognito-idp", "GetGroup", "ListTagsForResource"),
      ],
      change: [
        ...of("cognito-idp", "CreateGroup", "DeleteGroup", "UpdateGroup"),
        ...of("cognito-idp", "CreateUserPoolClient", "CreateUserPoolDomain", "DeleteUserPool"),
        ...of("cognito-idp", "DeleteUserPoolClient", "DeleteUserPoolDomain", "SetUserPoolMfaConfig", "UntagResource"),
        ...of("cognito-idp", "UpdateUserPool", "UpdateUserPoolClient", "UpdateUserPoolDomain"),
      ],
      when: tagged(name),
    },
    { types: ["aws_cognito_user_pool_domain"], on: ["*"], read: ["cognito-idp:DescribeUserPoolDomain"] },
    { types: [], on: ["*"], change: of("cognito-idp", "CreateUserPool", "TagResource"), when: tagging(name) },
  ];
}
