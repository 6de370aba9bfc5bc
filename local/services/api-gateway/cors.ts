import type { AwsRequest, AwsResponse } from "../../kernel/aws-service";

/** `cors_configuration` of an HTTP API, values in lower case where case does not matter. */
export interface Cors {
  readonly origins: readonly string[];
  readonly methods: readonly string[];
  readonly headers: readonly string[];
  readonly expose: readonly string[];
  readonly credentials: boolean;
  /** Seconds. */
  readonly maxAge?: number;
}

type Values = Readonly<Record<string, unknown>>;

export function readCors(values: Values | undefined): Cors | undefined {
  if (!values) return undefined;
  const texts = (name: string): string[] =>
    Array.isArray(values[name]) ? (values[name] as unknown[]).map(String) : [];
  return {
    origins: texts("allow_origins"),
    methods: texts("allow_methods"),
    headers: texts("allow_headers"),
    expose: texts("expose_headers"),
    credentials: values.allow_credentials === true,
    ...(values.max_age === undefined ? {} : { maxAge: Number(values.max_age) }),
  };
}

/**
 * The answer that an HTTP API with CORS gives to a preflight by itself, whatever its routes and authorizers; undefined
 * for any other request.
 * {@link https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html}
 */
export function preflightAnswer(cors: Cors | undefined, { method, headers }: AwsRequest): AwsResponse | undefined {
  const asked = headers["access-control-request-method"];
  if (!cors || method !== "OPTIONS" || headers.origin === undefined || asked === undefined) return undefined;
  if (!admits(cors, headers.origin)) return { status: 204 };
  return {
    status: 204,
    headers: {
      ...originHeaders(cors, headers.origin),
      "access-control-allow-methods": cors.methods.join(","),
      "access-control-allow-headers": cors.headers.join(","),
      ...(cors.maxAge === undefined ? {} : { "access-control-max-age": String(cors.maxAge) }),
    },
  };
}

/** Headers of every other answer. */
export function corsHeaders(cors: Cors | undefined, { headers }: AwsRequest): Record<string, string> {
  if (!cors || headers.origin === undefined || !admits(cors, headers.origin)) return {};
  const own = originHeaders(cors, headers.origin);
  return cors.expose.length > 0 ? { ...own, "access-control-expose-headers": cors.expose.join(",") } : own;
}

function admits({ origins }: Cors, origin: string): boolean {
  return origins.includes("*") || origins.includes(origin);
}

function originHeaders({ credentials }: Cors, origin: string): Record<string, string> {
  return {
    "access-control-allow-origin": origin,
    ...(credentials ? { "access-control-allow-credentials": "true" } : {}),
    vary: "origin",
  };
}
