import { environment, everyStack, resource, synthesised, title, type Values } from "../../support/synthesised";

const policy = (name: string) => `aws_cloudfront_response_headers_policy.${name}`;
const ALWAYS = {
  strict_transport_security: { access_control_max_age_sec: 63_072_000, include_subdomains: false, override: true },
  content_type_options: { override: true },
  frame_options: { frame_option: "DENY", override: true },
  referrer_policy: { referrer_policy: "strict-origin-when-cross-origin", override: true },
};

describe.each(everyStack().map((stack) => [title(stack), stack] as const))("response headers of %s", (_, stack) => {
  test("every behaviour has those of its kind", () => {
    const { default_cache_behavior, ordered_cache_behavior } = resource(stack, "aws_cloudfront_distribution.vod");
    const all = [default_cache_behavior as Values, ...(ordered_cache_behavior as Values[])];
    const id = (name: string) => `\${${policy(name)}.id}`;
    expect(all.map((each) => [each.path_pattern, each.response_headers_policy_id])).toEqual([
      [undefined, id("vod")],
      ["/v1/*.m3u8", id("vod")],
      ["/v1/*.mpd", id("vod")],
      ["/v1/*", id("vod")],
      ["/play/*", id("api")],
      ["/api/*", id("api")],
      ["/posters/*", id("vod")],
      ...(stack.environment.transcode.download === "none" ? [] : [["/downloads/*", id("vod")]]),
      ["/app/*", id("page")],
    ]);
  });

  test("every answer is https for two years, of its own type, framed nowhere and shy about where it was", () => {
    for (const name of ["vod", "api", "page"]) {
      expect([name, resource(stack, policy(name)).security_headers_config]).toMatchObject([name, ALWAYS]);
    }
  });
});

const SOURCE = "${aws_s3_bucket.source.bucket_regional_domain_name}";
const cspOf = (stack: ReturnType<typeof synthesised>, name: string): string =>
  ((resource(stack, policy(name)).security_headers_config as Values).content_security_policy as Values)
    .content_security_policy as string;

test("the page runs its own scripts only, and asks the edge, its own user pool and the source bucket only", () => {
  const dev = synthesised(environment("dev"));
  expect(cspOf(dev, "page").split("; ")).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "media-src 'self' blob:",
    "worker-src blob:",
    "connect-src 'self' ${aws_cognito_user_pool.viewers.endpoint}/ " +
      "vod-dev-111111111111.auth.eu-west-1.amazoncognito.com ${aws_s3_bucket.source.bucket_regional_domain_name}",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ]);
  expect(cspOf(dev, "api")).toBe("default-src 'none'; frame-ancestors 'none'");
});

test("on one machine the page asks the whole gateway, which takes codes and uploads too", () => {
  expect(cspOf(synthesised(environment("local")), "page")).toContain(
    "connect-src 'self' ${element(split(\"/\", aws_cognito_user_pool.viewers.endpoint), 0)} vod-local-",
  );
});

test("with an external issuer the page asks it, and the origins that it names besides", () => {
  const dev = environment("dev");
  const issuer = { url: "https://login.example.com/realm", audience: "vod", clientId: "player" };
  const connects = (pageOrigins?: string[]) =>
    /connect-src ([^;]+)/.exec(
      cspOf(synthesised({ ...dev, entitle: { ...dev.entitle, issuer: { ...issuer, pageOrigins } } }), "page"),
    )?.[1];
  expect(connects()).toBe(`'self' https://login.example.com ${SOURCE}`);
  expect(connects(["https://tokens.example.com"])).toBe(
    `'self' https://login.example.com https://tokens.example.com ${SOURCE}`,
  );
});

describe("players on other hosts", () => {
  const prod = synthesised(environment("prod"));

  test("get exact origins with credentials for media and the API, never for the page", () => {
    const cors = (name: string) => resource(prod, policy(name)).cors_config;
    for (const name of ["vod", "api"]) {
      expect([name, cors(name)]).toMatchObject([
        name,
        {
          access_control_allow_credentials: true,
          access_control_allow_origins: { items: ["https://www.example.com"] },
          access_control_allow_headers: { items: ["authorization", "content-type", "range"] },
          origin_override: true,
        },
      ]);
    }
    expect(cors("page")).toBeUndefined();
  });

  test("have their preflights answered by the API, which sees them", () => {
    expect(resource(prod, "aws_apigatewayv2_api.entitle").cors_configuration).toEqual({
      allow_credentials: true,
      allow_origins: ["https://www.example.com"],
      allow_methods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
      allow_headers: ["authorization", "content-type"],
      max_age: 600,
    });
    const forwarded = (stack: typeof prod) =>
      (resource(stack, "aws_cloudfront_origin_request_policy.api").headers_config as Values).headers;
    const devices = ["SmartTV", "Tablet", "Mobile", "Desktop"].map((device) => `CloudFront-Is-${device}-Viewer`);
    const viewer = ["CloudFront-Viewer-Address", "CloudFront-Viewer-Country", ...devices];
    expect(forwarded(prod)).toEqual({
      items: [...viewer, "Origin", "Access-Control-Request-Method", "Access-Control-Request-Headers"],
    });
    const dev = synthesised(environment("dev"));
    expect(forwarded(dev)).toEqual({ items: viewer });
    expect(resource(dev, "aws_apigatewayv2_api.entitle").cors_configuration).toBeUndefined();
  });
});
