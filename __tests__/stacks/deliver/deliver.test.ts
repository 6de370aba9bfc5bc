import {
  environment,
  everyStack,
  list,
  resource,
  resourcesOf,
  statements,
  synthesised,
  title,
  type Values,
} from "../../support/synthesised";

interface Behaviour extends Values {
  path_pattern?: string;
  target_origin_id: string;
  trusted_key_groups?: string[];
}

const GATED = ["${aws_cloudfront_key_group.signing.id}"];
const OPEN = ["/play/*", "/api/*", "/posters/*", "/app/*"];

describe.each(everyStack().map((stack) => [title(stack), stack] as const))("the distribution of %s", (_, stack) => {
  const distribution = resource(stack, "aws_cloudfront_distribution.vod");
  const ordered = distribution.ordered_cache_behavior as Behaviour[];
  const fallback = distribution.default_cache_behavior as Behaviour;
  const origins = distribution.origin as Values[];
  const hasDownloads = stack.environment.transcode.download !== "none";
  const media = stack.environment.topology === "mediapackage" ? "mediapackage" : "packaged";

  test("turns away what is not signed, by default and on every media path", () => {
    for (const behaviour of [fallback, ...ordered.filter(({ path_pattern }) => path_pattern?.startsWith("/v1/"))]) {
      expect([behaviour.path_pattern, behaviour.trusted_key_groups]).toEqual([behaviour.path_pattern, GATED]);
      expect(behaviour.target_origin_id).toBe(media);
    }
  });

  test("opens the paths of the route table and no others, in its order", () => {
    const [play, api, posters, app] = OPEN;
    expect(ordered.map(({ path_pattern }) => path_pattern)).toEqual([
      ...["/v1/*.m3u8", "/v1/*.mpd", "/v1/*", play, api, posters],
      ...(hasDownloads ? ["/downloads/*"] : []),
      app,
    ]);
    expect(
      ordered.filter(({ trusted_key_groups }) => !trusted_key_groups).map(({ path_pattern }) => path_pattern),
    ).toEqual(OPEN);
  });

  test("lets open files be read, and nothing else be done with them", () => {
    for (const path of ["/posters/*", "/app/*"]) {
      const behaviour = ordered.find(({ path_pattern }) => path_pattern === path);
      expect([path, behaviour?.allowed_methods]).toEqual([path, ["GET", "HEAD"]]);
    }
  });

  test("opens single files to signed addresses alone, and where there are none knows no path of theirs", () => {
    const files = ordered.filter(({ path_pattern }) => path_pattern === "/downloads/*");
    expect(files.map(({ trusted_key_groups, target_origin_id }) => [trusted_key_groups, target_origin_id])).toEqual(
      hasDownloads ? [[GATED, "packaged"]] : [],
    );
    expect(stack.document.resource.aws_apigatewayv2_route).toEqual(
      hasDownloads
        ? expect.objectContaining({ mint_download: expect.anything() })
        : expect.not.objectContaining({ mint_download: expect.anything() }),
    );
  });

  test("keeps manifests for seconds and segments for a year", () => {
    const ttl = (name: string) => {
      const { min_ttl, default_ttl, max_ttl } = resource(stack, `aws_cloudfront_cache_policy.${name}`);
      return [min_ttl, default_ttl, max_ttl];
    };
    expect(ttl("manifests")).toEqual([1, 5, 5]);
    expect(ttl("segments")).toEqual([31_536_000, 31_536_000, 31_536_000]);
    expect(ttl("api")).toEqual([0, 0, 1]);
    expect(ordered[0]?.cache_policy_id).toBe("${aws_cloudfront_cache_policy.manifests.id}");
    expect(fallback.cache_policy_id).toBe("${aws_cloudfront_cache_policy.segments.id}");
  });

  test("keys the media cache by the path alone", () => {
    for (const name of ["manifests", "segments", "daily", "page"]) {
      const key = resource(
        stack,
        `aws_cloudfront_cache_policy.${name}`,
      ).parameters_in_cache_key_and_forwarded_to_origin;
      expect(key).toMatchObject({
        cookies_config: { cookie_behavior: "none" },
        headers_config: { header_behavior: "none" },
        query_strings_config: { query_string_behavior: "none" },
      });
    }
  });

  test("speaks TLS to every custom origin, from behind Origin Shield to the media origin, with the secret headers", () => {
    const secrets = origins
      .filter((origin) => origin.custom_header)
      .map((origin) => [origin.origin_id, origin.custom_header]);
    expect(secrets).toEqual([
      ...(media === "mediapackage"
        ? [["mediapackage", [{ name: "X-MediaPackage-CDNIdentifier", value: "${var.cdn_identifier}" }]]]
        : []),
      ["api", [{ name: "x-vod-origin-secret", value: "${var.api_origin_secret}" }]],
    ]);
    for (const { custom_origin_config } of origins.filter((origin) => origin.custom_origin_config)) {
      expect(custom_origin_config).toMatchObject({
        origin_protocol_policy: "https-only",
        origin_ssl_protocols: ["TLSv1.2"],
      });
    }
    const shield = origins.find(({ origin_id }) => origin_id === media)?.origin_shield;
    expect(shield).toEqual({ enabled: true, origin_shield_region: "eu-west-1" });
  });

  test("remembers no error and replaces no answer of the API", () => {
    for (const error of distribution.custom_error_response as Values[]) {
      expect(error.error_caching_min_ttl).toBe(0);
      expect(error.response_page_path).toBeUndefined();
    }
  });

  test("reaches buckets through access control, admitted to the paths it serves by bucket and by key", () => {
    for (const origin of origins.filter(({ custom_origin_config }) => !custom_origin_config)) {
      expect(origin.origin_access_control_id).toBe("${aws_cloudfront_origin_access_control.buckets.id}");
    }
    const admitted = (address: string) =>
      statements(resource(stack, address).policy).filter(({ Sid }) => Sid === "DistributionReads");
    const arn = "${aws_s3_bucket.packaged.arn}";
    const [packaged] = admitted("aws_s3_bucket_policy.packaged");
    expect(list(packaged?.Resource)).toEqual([
      `${arn}/posters/*`,
      ...(hasDownloads ? [`${arn}/downloads/*`] : []),
      ...(media === "packaged" ? [`${arn}/v1/*`] : []),
    ]);
    for (const address of [
      "aws_s3_bucket_policy.packaged",
      "aws_s3_bucket_policy.player",
      "aws_kms_key_policy.packaged",
    ]) {
      expect(admitted(address)).toHaveLength(1);
      expect(admitted(address)[0]?.Condition).toEqual({
        StringEquals: { "aws:SourceArn": "${aws_cloudfront_distribution.vod.arn}" },
      });
    }
    expect(admitted("aws_kms_key_policy.secrets")).toEqual([]);
  });

  test("stands behind the firewall", () => {
    expect(distribution.web_acl_id).toBe("${aws_wafv2_web_acl.edge.arn}");
  });

  test("speaks HTTP/2 and 3, and compresses manifests and the page, never segments or what carries secrets", () => {
    expect(distribution.http_version).toBe("http2and3");
    expect([fallback, ...ordered].map(({ path_pattern, compress }) => [path_pattern, compress])).toEqual([
      [undefined, false],
      ["/v1/*.m3u8", true],
      ["/v1/*.mpd", true],
      ["/v1/*", false],
      ["/play/*", false],
      ["/api/*", false],
      ["/posters/*", false],
      ...(hasDownloads ? [["/downloads/*", false]] : []),
      ["/app/*", true],
    ]);
  });
});

test("the page's files wait for the bucket's versions, and carry the tags that are sent along", () => {
  const stack = synthesised(environment("dev"));
  const files = [
    ...resourcesOf(stack, "aws_s3_object_copy"),
    ...resourcesOf(stack, "aws_s3_object").filter(([name]) => name === "player_config"),
  ];
  expect(files).toHaveLength(2);
  for (const [name, { depends_on }] of files) {
    expect([name, depends_on]).toEqual([name, ["aws_s3_bucket_versioning.player"]]);
  }
  expect(resource(stack, "aws_s3_object_copy.player_index_html")).toMatchObject({ tagging_directive: "REPLACE" });
});

test("a domain brings its certificate, in us-east-1, its TLS minimum and its records for both address families", () => {
  const prod = synthesised(environment("prod"));
  const distribution = resource(prod, "aws_cloudfront_distribution.vod");
  expect(distribution.aliases).toEqual(["watch.example.com"]);
  expect(distribution.viewer_certificate).toEqual({
    acm_certificate_arn: "${aws_acm_certificate_validation.edge.certificate_arn}",
    minimum_protocol_version: "TLSv1.2_2021",
    ssl_support_method: "sni-only",
  });
  expect(resource(prod, "aws_acm_certificate.edge").provider).toBe("aws.edge");
  expect(["edge_a", "edge_aaaa"].map((name) => resource(prod, `aws_route53_record.${name}`).type)).toEqual([
    "A",
    "AAAA",
  ]);
  expect(resource(prod, "aws_lambda_function.mint_playback").environment).toMatchObject({
    variables: { CDN_ORIGIN: "https://watch.example.com" },
  });
});
