import { applyResponseHeaders } from "../../../local/edge/response-headers";
import { readResponseHeadersPolicy } from "../../../local/edge/response-headers-policy";
import { viewerRequest } from "./fixture";

const cors = (overrides = {}) => ({
  access_control_allow_credentials: true,
  access_control_allow_headers: [{ items: ["Range", "X-A"] }],
  access_control_allow_methods: [{ items: ["ALL"] }],
  access_control_allow_origins: [{ items: ["https://a.example", "https://*.b.example"] }],
  access_control_expose_headers: [{ items: ["X-Cache"] }],
  access_control_max_age_sec: 600,
  origin_override: true,
  ...overrides,
});
const apply = (policy: object, headers: Record<string, string>, request: Record<string, string>, method = "GET") =>
  applyResponseHeaders(
    headers,
    readResponseHeadersPolicy(policy as Record<string, unknown>),
    viewerRequest({ method, headers: request }),
  );

test("an allowed origin is named exactly, with credentials, and the answer varies by it", () => {
  expect(apply({ cors_config: cors() }, { vary: "Accept-Encoding" }, { origin: "https://x.b.example" })).toEqual({
    "access-control-allow-origin": "https://x.b.example",
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": "X-Cache",
    vary: "Accept-Encoding, Origin",
  });
});

test("other origins, and requests without one, get nothing", () => {
  expect(apply({ cors_config: cors() }, {}, { origin: "https://evil.example" })).toEqual({});
  expect(apply({ cors_config: cors() }, {}, { origin: "http://a.example" })).toEqual({});
  expect(apply({ cors_config: cors() }, {}, {})).toEqual({});
});

test("a preflight gets methods, headers and age", () => {
  const request = { origin: "https://a.example", "access-control-request-method": "GET" };
  expect(apply({ cors_config: [cors()] }, {}, request, "OPTIONS")).toEqual({
    "access-control-allow-origin": "https://a.example",
    "access-control-allow-credentials": "true",
    "access-control-allow-methods": "GET, DELETE, HEAD, OPTIONS, PATCH, POST, PUT",
    "access-control-allow-headers": "Range, X-A",
    "access-control-max-age": "600",
    vary: "Origin",
  });
});

test("the origin's own CORS headers stay without override and go with it", () => {
  const sent = { "access-control-allow-origin": "https://origin.example" };
  const request = { origin: "https://a.example" };
  const allowed = (override: boolean) =>
    apply({ cors_config: cors({ origin_override: override }) }, sent, request)["access-control-allow-origin"];
  expect([allowed(false), allowed(true)]).toEqual(["https://origin.example", "https://a.example"]);
});

test("security and custom headers respect override, and removal comes first", () => {
  const policy = {
    security_headers_config: {
      content_security_policy: { content_security_policy: "default-src 'self'", override: false },
      content_type_options: { override: true },
      frame_options: { frame_option: "DENY", override: true },
      referrer_policy: { referrer_policy: "same-origin", override: true },
      strict_transport_security: {
        access_control_max_age_sec: 60,
        include_subdomains: true,
        preload: true,
        override: true,
      },
      xss_protection: { protection: true, mode_block: true, override: true },
    },
    custom_headers_config: { items: [{ header: "X-Powered-By", value: "vod", override: false }] },
    remove_headers_config: { items: [{ header: "X-Powered-By" }, { header: "Server" }] },
  };
  const sent = {
    "content-security-policy": "theirs",
    "x-frame-options": "SAMEORIGIN",
    "x-powered-by": "php",
    server: "x",
  };
  expect(apply(policy, sent, {})).toEqual({
    "content-security-policy": "theirs",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "strict-transport-security": "max-age=60; includeSubDomains; preload",
    "x-xss-protection": "1; mode=block",
    "x-powered-by": "vod",
  });
});
