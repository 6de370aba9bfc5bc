import type { KeyPair } from "./fixture";

type Values = Record<string, unknown>;

const METHODS = ["GET", "HEAD", "OPTIONS"];
const nothing = { headers_config: { header_behavior: "none" }, cookies_config: { cookie_behavior: "none" } };

/** A distribution with one behaviour of each kind; `overrides` replaces or adds whole resources. */
export function edgeStack(
  keys: { readonly rsa: KeyPair; readonly ec: KeyPair },
  overrides: Record<string, Values> = {},
): Record<string, Values> {
  const cachePolicy = (id: string, min: number, standard: number, max: number, parameters: Values = {}): Values => ({
    id,
    min_ttl: min,
    default_ttl: standard,
    max_ttl: max,
    parameters_in_cache_key_and_forwarded_to_origin: {
      ...nothing,
      query_strings_config: { query_string_behavior: "none" },
      enable_accept_encoding_gzip: true,
      enable_accept_encoding_brotli: true,
      ...parameters,
    },
  });
  const behavior = (values: Values): Values => ({
    allowed_methods: METHODS,
    cached_methods: ["GET", "HEAD"],
    viewer_protocol_policy: "redirect-to-https",
    compress: true,
    target_origin_id: "media",
    cache_policy_id: "cache-long",
    ...values,
  });
  return {
    "aws_cloudfront_distribution.vod": {
      id: "E1",
      arn: "arn:aws:cloudfront::000000000000:distribution/E1",
      domain_name: "127.0.0.1:8443",
      enabled: true,
      web_acl_id: "arn:waf",
      default_root_object: "app/index.html",
      origin: [
        {
          origin_id: "media",
          domain_name: "abc.egress.mediapackage-vod.eu-west-1.amazonaws.com",
          origin_path: "/out",
          custom_header: [{ name: "X-MediaPackage-CDNIdentifier", value: "cdn-secret" }],
          custom_origin_config: { origin_read_timeout: 1 },
          connection_attempts: 1,
        },
        {
          origin_id: "api",
          domain_name: "api1.execute-api.eu-west-1.amazonaws.com",
          custom_header: [{ name: "X-Vod-Origin-Secret", value: "api-secret" }],
          custom_origin_config: { origin_read_timeout: 1 },
          connection_attempts: 1,
        },
        {
          origin_id: "posters",
          domain_name: "vod-packaged.s3.eu-west-1.amazonaws.com",
          origin_access_control_id: "oac1",
          connection_attempts: 1,
        },
      ],
      default_cache_behavior: behavior({ trusted_key_groups: ["group1"], response_headers_policy_id: "cors" }),
      ordered_cache_behavior: [
        behavior({
          path_pattern: "/play/*",
          target_origin_id: "api",
          allowed_methods: ["GET", "HEAD", "OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
          cache_policy_id: "cache-api",
          origin_request_policy_id: "orp-api",
        }),
        behavior({ path_pattern: "/posters/*", target_origin_id: "posters" }),
        behavior({
          path_pattern: "/app/*",
          target_origin_id: "posters",
          cache_policy_id: "cache-query",
          function_association: [{ event_type: "viewer-request", function_arn: "arn:function:index" }],
        }),
      ],
      custom_error_response: [{ error_code: 404, error_caching_min_ttl: 5 }],
      restrictions: { geo_restriction: { restriction_type: "blacklist", locations: ["RU"] } },
    },
    "aws_cloudfront_cache_policy.long": cachePolicy("cache-long", 0, 86_400, 31_536_000),
    "aws_cloudfront_cache_policy.query": cachePolicy("cache-query", 0, 60, 600, {
      query_strings_config: { query_string_behavior: "whitelist", query_strings: { items: ["lang"] } },
    }),
    "aws_cloudfront_cache_policy.api": cachePolicy("cache-api", 0, 0, 1, {
      headers_config: { header_behavior: "whitelist", headers: { items: ["Authorization"] } },
    }),
    "aws_cloudfront_origin_request_policy.api": {
      id: "orp-api",
      headers_config: {
        header_behavior: "whitelist",
        headers: { items: ["CloudFront-Viewer-Address", "CloudFront-Viewer-Country", "Origin"] },
      },
      cookies_config: { cookie_behavior: "all" },
      query_strings_config: { query_string_behavior: "all" },
    },
    "aws_cloudfront_response_headers_policy.cors": {
      id: "cors",
      cors_config: {
        access_control_allow_credentials: true,
        access_control_allow_headers: { items: ["Range"] },
        access_control_allow_methods: { items: ["GET", "HEAD"] },
        access_control_allow_origins: { items: ["https://player.example"] },
        origin_override: true,
      },
      security_headers_config: { content_type_options: { override: true } },
    },
    "aws_cloudfront_origin_access_control.s3": {
      id: "oac1",
      origin_access_control_origin_type: "s3",
      signing_behavior: "always",
      signing_protocol: "sigv4",
    },
    "aws_cloudfront_function.index": {
      name: "index",
      arn: "arn:function:index",
      code: `function handler(event) {
        var request = event.request;
        if (request.uri === "/app/old") return { statusCode: 302, headers: { location: { value: "/app/" } } };
        if (request.uri === "/app/broken") throw new Error("broken");
        if (request.uri.endsWith("/")) request.uri += "index.html";
        return request;
      }`,
    },
    "aws_cloudfront_public_key.rsa": { id: "KRSA", encoded_key: keys.rsa.publicPem },
    "aws_cloudfront_public_key.ec": { id: "KEC", encoded_key: keys.ec.publicPem },
    "aws_cloudfront_public_key.other": { id: "KOTHER", encoded_key: keys.rsa.publicPem },
    "aws_cloudfront_key_group.signing": { id: "group1", items: ["KRSA", "KEC"] },
    "aws_wafv2_web_acl.edge": {
      id: "waf1",
      arn: "arn:waf",
      default_action: { allow: {} },
      rule: [
        {
          name: "play-rate",
          priority: 1,
          action: { block: {} },
          statement: {
            rate_based_statement: {
              limit: 10,
              evaluation_window_sec: 60,
              aggregate_key_type: "IP",
              scope_down_statement: {
                byte_match_statement: {
                  search_string: "/play/limited",
                  positional_constraint: "STARTS_WITH",
                  field_to_match: { uri_path: {} },
                  text_transformation: [{ priority: 0, type: "NONE" }],
                },
              },
            },
          },
        },
      ],
    },
    ...overrides,
  };
}
