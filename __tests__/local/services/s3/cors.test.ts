import { corsHeaders, corsPreflight, corsRules, type CorsRule } from "../../../../local/services/s3/cors";
import type { UnopenedRequest } from "../../../../local/kernel/aws-service";
import { testDeployment } from "../../gateway/test-gateway";
import { openS3, PLAIN, SOURCE, startTestS3 } from "./test-s3";

const PAGE = "https://watch.example.com";
const RULE: CorsRule = {
  origins: [PAGE],
  methods: ["PUT"],
  headers: ["content-type"],
  exposed: ["ETag"],
  maxAgeSeconds: 60,
};

const request = (method: string, headers: Record<string, string>): UnopenedRequest => ({
  method,
  path: "/bucket/key",
  query: new URLSearchParams(),
  headers,
  host: "127.0.0.1",
});
const ask = (origin: string, method = "PUT", headers = "") =>
  request("OPTIONS", {
    origin,
    "access-control-request-method": method,
    ...(headers !== "" && { "access-control-request-headers": headers }),
  });

test("a preflight that a rule is for is answered with what the rule allows", () => {
  expect(corsPreflight([RULE], ask(PAGE, "PUT", "Content-Type"))).toEqual({
    status: 200,
    headers: {
      "access-control-allow-origin": PAGE,
      "access-control-allow-credentials": "true",
      "access-control-allow-methods": "PUT",
      "access-control-allow-headers": "content-type",
      "access-control-expose-headers": "ETag",
      "access-control-max-age": "60",
      vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
    },
    body: "",
  });
});

test.each([
  ["another origin", ask("https://evil.example.com")],
  ["the origin with a port", ask(`${PAGE}:444`)],
  ["the origin by plain http", ask("http://watch.example.com")],
  ["an origin that begins like it", ask(`${PAGE}.evil.com`)],
  ["another method", ask(PAGE, "GET")],
  ["a header that is not allowed", ask(PAGE, "PUT", "content-type, x-amz-acl")],
])("a preflight with %s is refused", (_, head) => {
  expect(() => corsPreflight([RULE], head)).toThrow("CORSResponse: This CORS request is not allowed.");
});

test("a preflight that names no origin is a bad request", () => {
  const head = request("OPTIONS", { "access-control-request-method": "PUT" });
  expect(() => corsPreflight([RULE], head)).toThrow("Insufficient information. Origin request header needed.");
});

test("a bucket without rules says so", () => {
  expect(() => corsPreflight([], ask(PAGE))).toThrow("CORSResponse: CORS is not enabled for this bucket.");
});

test("the page of this machine, which comes by plain http, is the CDN that the rule names by https", () => {
  const rule = { ...RULE, origins: ["https://127.0.0.1:8080"] };
  expect(corsPreflight([rule], ask("http://127.0.0.1:8080")).headers).toMatchObject({
    "access-control-allow-origin": "http://127.0.0.1:8080",
  });
  expect(() => corsPreflight([rule], ask("http://127.0.0.1:8081"))).toThrow("not allowed");
});

test("one star stands for anything, and for everybody without credentials", () => {
  const wild = { ...RULE, origins: ["https://*.example.com"], headers: ["x-amz-*"] };
  expect(corsPreflight([wild], ask(PAGE, "PUT", "x-amz-acl")).status).toBe(200);
  const open = corsHeaders([{ ...RULE, origins: ["*"] }], request("PUT", { origin: "https://anybody.org" }));
  expect([open["access-control-allow-origin"], open["access-control-allow-credentials"]]).toEqual(["*", undefined]);
});

test("an answer carries headers for the page that a rule is for, and for no other", () => {
  expect(corsHeaders([RULE], request("PUT", { origin: PAGE }))).toMatchObject({ "access-control-allow-origin": PAGE });
  expect(corsHeaders([RULE], request("PUT", { origin: "https://evil.example.com" }))).toEqual({});
  expect(corsHeaders([RULE], request("GET", { origin: PAGE }))).toEqual({});
  expect(corsHeaders([RULE], request("PUT", {}))).toEqual({});
});

test("rules are those of the bucket's own configuration", () => {
  const deployment = testDeployment({
    "aws_s3_bucket_cors_configuration.source_cors": {
      bucket: SOURCE,
      cors_rule: [
        {
          allowed_origins: [PAGE],
          allowed_methods: ["PUT"],
          allowed_headers: ["content-type"],
          expose_headers: ["ETag"],
          max_age_seconds: 60,
        },
      ],
    },
  });
  expect(corsRules(deployment, SOURCE)).toEqual([RULE]);
  expect(corsRules(deployment, PLAIN)).toEqual([]);
});

describe("through the gateway", () => {
  const preflight = (address: string, origin: string) =>
    fetch(address, { method: "OPTIONS", headers: { origin, "access-control-request-method": "PUT" } });

  test("a bucket answers its own preflights, also for a presigned address, and refusals can be read", async () => {
    const { gateway, s3, stop } = await startTestS3();
    const cors = openS3(gateway.directory, {
      deployment: testDeployment({
        "aws_s3_bucket.source": { bucket: SOURCE },
        "aws_s3_bucket_cors_configuration.source_cors": {
          bucket: SOURCE,
          cors_rule: [{ allowed_origins: [PAGE], allowed_methods: ["PUT"] }],
        },
      }),
    });
    gateway.register({ ...s3, ...cors });
    const address = `${gateway.address}/${SOURCE}/key`;
    const presigned = `${address}?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=k/20300101/eu-west-1/s3/aws4_request&X-Amz-Date=20300101T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=00`;
    for (const each of [address, presigned]) {
      const answer = await preflight(each, PAGE);
      expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([200, PAGE]);
      expect((await preflight(each, "https://evil.example.com")).status).toBe(403);
    }
    expect((await preflight(`${gateway.address}/${PLAIN}/key`, PAGE)).status).toBe(403);
    const bare = await fetch(address, { method: "OPTIONS" });
    expect([bare.status, await bare.text()]).toEqual([400, expect.stringContaining("<Code>BadRequest</Code>")]);
    const refused = await fetch(presigned, { method: "PUT", body: "x", headers: { origin: PAGE } });
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([403, PAGE]);
    // Cognito's preflights name no bucket.
    expect((await preflight(`${gateway.address}/`, PAGE)).headers.get("access-control-allow-origin")).toBe("*");
    await stop();
  });
});
