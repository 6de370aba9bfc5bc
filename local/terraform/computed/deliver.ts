import type { Value } from "../expression";
import type { Attributes, Instance } from "./instance";

/** The hosted zone of every distribution: https://docs.aws.amazon.com/general/latest/gr/cf_region.html */
const CLOUDFRONT_ZONE = "Z2FDTNDATAQYW2";
/** Of every ordinary rule, which nothing here counts: rate and geo rules cost 1 to 2 units. */
const RULE_CAPACITY = 2;

const globalArn = (it: Instance, resource: string) => it.arn("cloudfront", resource, { region: "" });
const etag = (it: Instance) => `E${it.upper(13, "etag")}`;
const entityId = (it: Instance) => `E${it.upper(13)}`;

/** CloudFront calls a thing by a UUID, and its ARN by the kind of thing. */
function policy(kind: string): Attributes {
  return { id: (it) => it.uuid(), arn: (it) => globalArn(it, `${kind}/${it.uuid()}`), etag };
}

function firewall(kind: string): Attributes {
  return {
    id: (it) => it.uuid(),
    arn: (it) => {
      const scope = it.read("scope") === "CLOUDFRONT" ? "global" : "regional";
      return it.arn("wafv2", `${scope}/${kind}/${it.named()}/${it.uuid()}`);
    },
  };
}

const certificateArn = (it: Instance) => it.arn("acm", `certificate/${it.uuid()}`);

/** The distribution and what stands around it: keys, policies, firewall, certificate, DNS. */
export const deliver: Readonly<Record<string, Attributes>> = {
  aws_cloudfront_cache_policy: policy("cache-policy"),
  aws_cloudfront_origin_request_policy: policy("origin-request-policy"),
  aws_cloudfront_response_headers_policy: policy("response-headers-policy"),
  aws_cloudfront_distribution: {
    id: entityId,
    arn: (it) => globalArn(it, `distribution/${entityId(it)}`),
    domain_name: (it) => it.context.edgeHost,
    hosted_zone_id: () => CLOUDFRONT_ZONE,
    etag,
    status: () => "Deployed",
  },
  aws_cloudfront_function: {
    id: (it) => it.text("name"),
    arn: (it) => globalArn(it, `function/${it.text("name")}`),
    etag,
  },
  aws_cloudfront_key_group: { id: (it) => it.uuid(), etag },
  aws_cloudfront_monitoring_subscription: { id: (it) => it.text("distribution_id") },
  aws_cloudfront_origin_access_control: {
    id: entityId,
    arn: (it) => globalArn(it, `origin-access-control/${entityId(it)}`),
    etag,
  },
  aws_cloudfront_public_key: { id: (it) => `K${it.upper(13)}`, etag, caller_reference: (it) => it.uuid("reference") },

  aws_wafv2_ip_set: firewall("ipset"),
  aws_wafv2_rule_group: { ...firewall("rulegroup"), lock_token: (it) => it.uuid("lock") },
  aws_wafv2_web_acl: {
    ...firewall("webacl"),
    capacity: (it) => [it.read("rule") ?? []].flat().length * RULE_CAPACITY,
  },
  aws_wafv2_web_acl_logging_configuration: { id: (it) => it.text("resource_arn") },

  aws_acm_certificate: { id: certificateArn, arn: certificateArn, domain_validation_options: validationOptions },
  aws_acm_certificate_validation: { id: (it) => it.text("certificate_arn") },
  aws_route53_record: {
    id: (it) => `${it.text("zone_id")}_${it.text("name")}_${it.text("type")}`,
    fqdn: (it) => it.text("name"),
  },
};

function validationOptions(it: Instance): Value {
  const name = it.text("domain_name");
  return [
    {
      domain_name: name,
      resource_record_name: `_${it.hex(32, "record")}.${name}.`,
      resource_record_type: "CNAME",
      resource_record_value: `_${it.hex(32, "value")}.acm-validations.aws.`,
    },
  ];
}
