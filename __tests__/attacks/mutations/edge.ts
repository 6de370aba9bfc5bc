import { createPublicKey } from "node:crypto";
import { ATTACKERS_KEY } from "../signing";
import { at, distribution, type Mutation, type Resources, type Values, variables } from "./mutation";

const behaviours = (resources: Resources): Values[] => {
  const { default_cache_behavior: fallback, ordered_cache_behavior: ordered } = distribution(resources);
  return [fallback as Values, ...(ordered as Values[])];
};

/** What the distribution, its keys and its firewall hold, and the API's authorizer. */
export const AT_THE_EDGE: readonly Mutation[] = [
  {
    control: "trusted key group",
    change: "no behaviour has a trusted key group",
    fails: [
      "no-cookie-manifest",
      "no-cookie-segment",
      "no-cookie-elsewhere",
      "through-app",
      "bad-url-good-cookie",
      "download-bare",
    ],
    stack: (resources) => behaviours(resources).forEach((behaviour) => delete behaviour.trusted_key_groups),
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
      "download-expired",
    ],
    stack: (resources) => behaviours(resources).forEach((behaviour) => delete behaviour.trusted_key_groups),
  },
  {
    control: "signing keys",
    change: "a trusted key has the attacker's content",
    fails: ["attackers-key"],
    stack: (resources) => {
      const pem = createPublicKey(ATTACKERS_KEY).export({ type: "spki", format: "pem" }).toString();
      at(resources, "aws_cloudfront_public_key", "signing_second").encoded_key = pem;
    },
  },
  {
    control: "signing keys",
    change: "the group still has the key of before the rotation",
    fails: ["retired-key"],
    stack: (resources, { publicKey }) => {
      const { signing_second: second = {}, ...others } = resources.aws_cloudfront_public_key ?? {};
      const first = { ...second, encoded_key: publicKey };
      resources.aws_cloudfront_public_key = { ...others, signing_second: second, signing_local: first };
      const { items } = at(resources, "aws_cloudfront_key_group", "signing") as { items: string[] };
      items.push("${aws_cloudfront_public_key.signing_local.id}");
    },
  },
  {
    control: "allowed methods",
    change: "every behaviour takes every method",
    fails: ["post-media", "put-media", "delete-poster", "put-page"],
    stack: (resources) =>
      behaviours(resources).forEach((behaviour) => {
        behaviour.allowed_methods = ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"];
      }),
  },
  {
    control: "cache policies",
    change: "every query goes to the origin",
    fails: ["query-on-child", "query-on-segment", "filter-on-manifest"],
    stack: (resources) =>
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
    stack: (resources) =>
      void Object.assign(at(resources, "aws_cloudfront_cache_policy", "api"), { min_ttl: 60, default_ttl: 60, max_ttl: 60 }), // prettier-ignore
  },
  {
    control: "response headers",
    change: "pages of another site may read media, and call the API",
    fails: ["foreign-origin", "foreign-preflight"],
    stack: (resources) => {
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
    stack: (resources) => void delete distribution(resources).web_acl_id,
  },
  {
    control: "token authorizer",
    change: "no route asks for a token",
    fails: ["no-token", "token-none", "token-wrong-key", "token-expired", "token-key-confusion"],
    stack: (resources) =>
      Object.values(resources.aws_apigatewayv2_route ?? {}).forEach((route) => {
        route.authorization_type = "NONE";
        delete route.authorizer_id;
      }),
  },
  {
    control: "token audience",
    change: "tokens of another client are taken",
    fails: ["token-other-client", "token-other-audience"],
    stack: (resources) => {
      const { jwt_configuration: jwt } = at(resources, "aws_apigatewayv2_authorizer", "viewers");
      (jwt as { audience: string[] }).audience.push("another-client");
    },
  },
  {
    control: "cookie life",
    change: "a cookie, and a file's address, live for an hour",
    fails: ["longest-life", "download-life"],
    stack: (resources) => {
      variables(resources, "mint_playback").COOKIE_SECONDS = "3600";
      variables(resources, "mint_download").ADDRESS_SECONDS = "3600";
    },
  },
];
