import { AwsError, type AwsResponse, type UnopenedRequest } from "../../kernel/aws-service";
import type { Deployment } from "../../terraform/deployment";

/** A rule of a bucket's CORS configuration (https://docs.aws.amazon.com/AmazonS3/latest/userguide/ManageCorsUsing.html). */
export interface CorsRule {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly exposed: readonly string[];
  readonly maxAgeSeconds?: number;
}

export function corsRules(deployment: Deployment, bucket: string): CorsRule[] {
  return deployment
    .all("aws_s3_bucket_cors_configuration")
    .filter(({ values }) => values.bucket === bucket)
    .flatMap(({ values }) => [values.cors_rule ?? []].flat().map((rule) => ruleOf(rule as Record<string, unknown>)));
}

function ruleOf(rule: Readonly<Record<string, unknown>>): CorsRule {
  const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  return {
    origins: texts(rule.allowed_origins),
    methods: texts(rule.allowed_methods),
    headers: texts(rule.allowed_headers),
    exposed: texts(rule.expose_headers),
    maxAgeSeconds: typeof rule.max_age_seconds === "number" ? rule.max_age_seconds : undefined,
  };
}

/**
 * Answers a browser's question whether it may send a request, as S3 does before it looks at any signature
 * (https://docs.aws.amazon.com/AmazonS3/latest/API/RESTOPTIONSobject.html).
 * @throws AwsError `BadRequest` 400 for a question that names no origin, `AccessForbidden` 403 where no rule allows it
 */
export function corsPreflight(rules: readonly CorsRule[], { headers }: UnopenedRequest): AwsResponse {
  const { origin } = headers;
  if (origin === undefined) {
    throw new AwsError("BadRequest", "Insufficient information. Origin request header needed.", 400);
  }
  const method = String(headers["access-control-request-method"] ?? "");
  const asked = String(headers["access-control-request-headers"] ?? "");
  const names = asked.split(",").map((name) => name.trim().toLowerCase());
  const rule = rules.find(
    (each) =>
      allows(each, origin, method) &&
      names.every((name) => name === "" || each.headers.some((glob) => like(glob.toLowerCase(), name))),
  );
  if (!rule) {
    const enabled = rules.length > 0 ? "This CORS request is not allowed." : "CORS is not enabled for this bucket.";
    throw new AwsError("AccessForbidden", `CORSResponse: ${enabled}`, 403);
  }
  return {
    status: 200,
    headers: {
      ...granted(rule, origin),
      ...(asked !== "" && { "access-control-allow-headers": names.join(", ") }),
      ...(rule.maxAgeSeconds !== undefined && { "access-control-max-age": String(rule.maxAgeSeconds) }),
    },
    body: "",
  };
}

/** What lets a page read an answer, also a refusal; nothing where no rule is for it. */
export function corsHeaders(rules: readonly CorsRule[], { method, headers }: UnopenedRequest): Record<string, string> {
  const { origin } = headers;
  const rule = origin === undefined ? undefined : rules.find((each) => allows(each, origin, method));
  return rule && origin !== undefined ? granted(rule, origin) : {};
}

function allows({ origins, methods }: CorsRule, origin: string, method: string): boolean {
  return methods.includes(method) && origins.some((allowed) => like(allowed, canonical(origin)));
}

/** On this machine the page comes by plain http from what stands for the CDN, which the stack knows by https. */
function canonical(origin: string): string {
  return origin.replace(/^http:\/\/127\.0\.0\.1(?=:|$)/, "https://127.0.0.1");
}

/** An allowed origin or header may hold one `*`. */
function like(allowed: string, value: string): boolean {
  const [start = "", end] = allowed.split("*");
  if (end === undefined) return start === value;
  return value.length >= start.length + end.length && value.startsWith(start) && value.endsWith(end);
}

function granted({ origins, methods, exposed }: CorsRule, origin: string): Record<string, string> {
  const anybody = origins.includes("*");
  return {
    "access-control-allow-origin": anybody ? "*" : origin,
    ...(!anybody && { "access-control-allow-credentials": "true" }),
    "access-control-allow-methods": methods.join(", "),
    ...(exposed.length > 0 && { "access-control-expose-headers": exposed.join(", ") }),
    vary: "Origin, Access-Control-Request-Headers, Access-Control-Request-Method",
  };
}
