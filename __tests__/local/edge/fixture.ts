import { generateKeyPairSync, type KeyObject } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import type { Deployment, Resource } from "../../../local/terraform/deployment";
import type { ViewerRequest } from "../../../local/edge/types";

export const NOW = Date.parse("2026-01-02T03:04:05Z");

type Values = Record<string, unknown>;

/** A deployment of resources written by hand, each under `type.name`. */
export function deploymentOf(resources: Record<string, Values>): Deployment {
  const all: Resource[] = Object.entries(resources).map(([address, values]) => {
    const [type = "", name = ""] = address.split(".");
    return { type, name, address, values };
  });
  return {
    account: "000000000000",
    region: "eu-west-1",
    all: (type) => all.filter((resource) => resource.type === type),
    get(address) {
      const found = all.find((resource) => resource.address === address);
      if (!found) throw new Error(`no ${address}`);
      return found;
    },
  };
}

export function viewerRequest(overrides: Partial<ViewerRequest> = {}): ViewerRequest {
  return {
    id: "request-1",
    method: "GET",
    path: "/",
    query: "",
    headers: {},
    address: "127.0.0.1",
    port: 50_000,
    country: "NL",
    ...overrides,
  };
}

export interface KeyPair {
  readonly publicPem: string;
  readonly privatePem: string;
  readonly publicKey: KeyObject;
}

export function keyPair(kind: "rsa" | "ec"): KeyPair {
  const { publicKey, privateKey } =
    kind === "rsa"
      ? generateKeyPairSync("rsa", { modulusLength: 2048 })
      : generateKeyPairSync("ec", { namedCurve: "prime256v1" });
  return {
    publicPem: publicKey.export({ type: "spki", format: "pem" }) as string,
    privatePem: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    publicKey,
  };
}

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export type Handler = (seen: Seen, response: http.ServerResponse) => void;

export interface FakeOrigin {
  readonly address: string;
  readonly requests: Seen[];
  handler: Handler;
  stop(): Promise<void>;
}

/** Stands for the gateway: records what it was sent and answers what the test says. */
export async function fakeOrigin(): Promise<FakeOrigin> {
  const requests: Seen[] = [];
  const server = http.createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("end", () => {
      const body = Buffer.concat(chunks).toString();
      const seen = { method: message.method ?? "", url: message.url ?? "", headers: message.headers, body };
      requests.push(seen);
      origin.handler(seen, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin: FakeOrigin = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    handler: (_, response) => response.writeHead(404).end("no handler"),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return origin;
}

export interface Answer {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** The client's own loopback address. */
  readonly from?: string;
}

/** A request with nothing normalised, unlike `fetch`. */
export function ask(
  port: number,
  path: string,
  { method = "GET", headers = {}, body, from }: Ask = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path, method, headers, localAddress: from, agent: false as const };
    const request = http.request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("error", reject);
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const whole = Buffer.concat(chunks);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: whole, text: whole.toString() });
      });
    });
    request.on("error", reject);
    request.end(body);
  });
}

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
