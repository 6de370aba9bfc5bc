import { createPublicKey } from "node:crypto";
import type { Control } from "./attack";
import { ATTACKERS_KEY } from "./signing";

type Values = Record<string, unknown>;

/** Resources of a synthesised stack: type, name, arguments. */
export type Resources = Record<string, Record<string, Values>>;

/** One control switched off in a copy of the synthesised stack, and attacks that must then come to another answer. */
export interface Mutation {
  readonly control: Control;
  /** What is changed, in words. */
  readonly change: string;
  readonly fails: readonly string[];
  readonly apply: (resources: Resources) => void;
}

const at = (resources: Resources, type: string, name: string): Values => {
  const found = resources[type]?.[name];
  if (!found) throw new Error(`the synthesised stack has no ${type}.${name}`);
  return found;
};

const distribution = (resources: Resources): Values => at(resources, "aws_cloudfront_distribution", "vod");

const behaviours = (resources: Resources): Values[] => {
  const { default_cache_behavior: fallback, ordered_cache_behavior: ordered } = distribution(resources);
  return [fallback as Values, ...(ordered as Values[])];
};

const variables = (resources: Resources, name: string): Values =>
  (at(resources, "aws_lambda_function", name).environment as { variables: Values }).variables;

/** Changes the statements of a bucket's policy. */
function statements(resources: Resources, bucket: string, change: (all: Values[]) => Values[]): void {
  const resource = at(resources, "aws_s3_bucket_policy", bucket);
  const policy = JSON.parse(String(resource.policy)) as { Statement: Values[] };
  resource.policy = JSON.stringify({ ...policy, Statement: change(policy.Statement) });
}

/** What the edge and the mint both take for the API's secret. */
function sharedSecret(resources: Resources, value: string): void {
  variables(resources, "mint_playback").API_ORIGIN_SECRET = value;
  const origins = distribution(resources).origin as { origin_id: string; custom_header?: Values[] }[];
  const [header] = origins.find(({ origin_id: id }) => id === "api")?.custom_header ?? [];
  if (header) header.value = value;
}

const without = (sids: readonly string[]) => (all: Values[]) => all.filter(({ Sid }) => !sids.includes(String(Sid)));

export const MUTATIONS: readonly Mutation[] = [
  {
    control: "trusted key group",
    change: "no behaviour has a trusted key group",
    fails: ["no-cookie-manifest", "no-cookie-segment", "no-cookie-elsewhere", "through-app", "bad-url-good-cookie"],
    apply: (resources) => behaviours(resources).forEach((behaviour) => delete behaviour.trusted_key_groups),
  },
  {
    control: "signed policy",
    change: "the same: what is not asked for is not judged",
    fails: [
      "altered-signature",
      "policy-widened",
      "expired",
      "not-yet",
      "another-titles",
      "two-statements",
      "canned-wildcard",
      "bound-other-ip",
    ],
    apply: (resources) => behaviours(resources).forEach((behaviour) => delete behaviour.trusted_key_groups),
  },
  {
    control: "signing keys",
    change: "the group trusts a key of the attacker's",
    fails: ["attackers-key"],
    apply: (resources) => {
      const pem = createPublicKey(ATTACKERS_KEY).export({ type: "spki", format: "pem" }).toString();
      at(resources, "aws_cloudfront_public_key", "signing_local").encoded_key = pem;
    },
  },
  {
    control: "allowed methods",
    change: "every behaviour takes every method",
    fails: ["post-media", "put-media", "delete-poster", "put-page"],
    apply: (resources) =>
      behaviours(resources).forEach((behaviour) => {
        behaviour.allowed_methods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];
      }),
  },
  {
    control: "cache policies",
    change: "every query goes to the origin",
    fails: ["query-on-child", "query-on-segment", "filter-on-manifest"],
    apply: (resources) =>
      ["manifests", "segments"].forEach((name) => {
        const policy = at(resources, "aws_cloudfront_cache_policy", name);
        const parameters = policy.parameters_in_cache_key_and_forwarded_to_origin as Values;
        parameters.query_strings_config = { query_string_behavior: "all" };
      }),
  },
  {
    control: "API cache policy",
    change: "answers of the API are kept for a minute",
    fails: ["list-twice"],
    apply: (resources) =>
      void Object.assign(at(resources, "aws_cloudfront_cache_policy", "api"), { min_ttl: 60, default_ttl: 60, max_ttl: 60 }), // prettier-ignore
  },
  {
    control: "response headers",
    change: "pages of another site may read media, and call the API",
    fails: ["foreign-origin", "foreign-preflight"],
    apply: (resources) => {
      at(resources, "aws_cloudfront_response_headers_policy", "vod").cors_config = {
        access_control_allow_credentials: true,
        access_control_allow_headers: { items: ["Range"] },
        access_control_allow_methods: { items: ["GET"] },
        access_control_allow_origins: { items: ["https://evil.example"] },
        origin_override: true,
      };
      at(resources, "aws_apigatewayv2_api", "entitle").cors_configuration = {
        allow_origins: ["https://evil.example"],
        allow_methods: ["POST"],
      };
      const policy = at(resources, "aws_cloudfront_origin_request_policy", "api");
      const { headers } = policy.headers_config as { headers: { items: string[] } };
      headers.items.push("Origin", "Access-Control-Request-Method");
    },
  },
  {
    control: "firewall",
    change: "the distribution has no firewall",
    fails: ["mint-flood", "mint-flood-encoded"],
    apply: (resources) => void delete distribution(resources).web_acl_id,
  },
  {
    control: "token authorizer",
    change: "no route asks for a token",
    fails: ["no-token", "token-none", "token-wrong-key", "token-expired", "token-key-confusion"],
    apply: (resources) =>
      Object.values(resources.aws_apigatewayv2_route ?? {}).forEach((route) => {
        route.authorization_type = "NONE";
        delete route.authorizer_id;
      }),
  },
  {
    control: "token audience",
    change: "tokens of another client are taken",
    fails: ["token-other-client", "token-other-audience"],
    apply: (resources) => {
      const { jwt_configuration: jwt } = at(resources, "aws_apigatewayv2_authorizer", "viewers");
      (jwt as { audience: string[] }).audience.push("another-client");
    },
  },
  {
    control: "cookie life",
    change: "a cookie lives for an hour",
    fails: ["longest-life"],
    apply: (resources) => void (variables(resources, "mint_playback").COOKIE_SECONDS = "3600"),
  },
  {
    control: "origin secret",
    change: "the secret can be guessed",
    fails: ["api-wrong-secret"],
    apply: (resources) => sharedSecret(resources, "guess"),
  },
  {
    control: "origin secret",
    change: "both origins share one secret",
    fails: ["api-other-secret"],
    apply: (resources) => sharedSecret(resources, "${var.cdn_identifier}"),
  },
  {
    control: "CDN identifier",
    change: "the packaging group asks for no authorization",
    fails: ["origin-no-identifier", "origin-wrong-identifier", "origin-empty-identifier"],
    apply: (resources) => {
      const stack = at(resources, "aws_cloudformation_stack", "packaging");
      const body = JSON.parse(String(stack.template_body)) as { Resources: Record<string, { Properties: Values }> };
      delete body.Resources.PackagingGroup?.Properties.Authorization;
      stack.template_body = JSON.stringify(body);
    },
  },
  {
    control: "bucket policies",
    change: "anybody may read and list the source bucket",
    fails: ["source-anonymous", "source-foreign-role", "source-by-edge"],
    apply: (resources) =>
      statements(resources, "source", (all) => [
        ...all,
        {
          Effect: "Allow",
          Principal: "*",
          Action: ["s3:GetObject", "s3:ListBucket"],
          Resource: ["${aws_s3_bucket.source.arn}", "${aws_s3_bucket.source.arn}/*"],
        },
      ]),
  },
  {
    control: "bucket policies",
    change: "no Deny stands in the buckets' policies",
    fails: ["source-plaintext", "source-other-encryption", "packaged-other-key"],
    apply: (resources) => {
      const denies = ["DenyPlaintextTransport", "DenyOtherEncryption", "DenyOtherKey"];
      statements(resources, "source", without(denies));
      statements(resources, "packaged", without(denies));
    },
  },
  {
    control: "bucket policies",
    change: "anybody may read the whole packaged bucket",
    fails: ["packaged-anonymous", "packaged-foreign-role", "ladder-by-edge", "poster-by-other-edge"],
    apply: (resources) =>
      statements(resources, "packaged", (all) =>
        all.map((statement) => {
          if (statement.Sid !== "DistributionReads") return statement;
          const Resource = ["${aws_s3_bucket.packaged.arn}/*"];
          return { ...statement, Principal: "*", Resource, Condition: undefined };
        }),
      ),
  },
];
