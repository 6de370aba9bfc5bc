import { ORIGIN_SECRET_HEADER } from "../../../handlers/shared/headers";

export const SECRET = "origin-secret-0123456789";

/** An HTTP API event, payload format 2.0, that came through the edge with a verified token. */
export function httpEvent(
  routeKey: string,
  more: {
    path?: object;
    query?: object;
    headers?: object;
    claims?: object | null;
    method?: string;
    body?: string;
    base64?: boolean;
  } = {},
): unknown {
  const [method, rawPath] = routeKey.split(" ");
  const claims = more.claims === undefined ? { sub: "viewer-1" } : more.claims;
  return {
    version: "2.0",
    routeKey,
    rawPath,
    headers: { [ORIGIN_SECRET_HEADER]: SECRET, ...more.headers },
    pathParameters: more.path,
    queryStringParameters: more.query,
    body: more.body,
    isBase64Encoded: more.base64 ?? false,
    requestContext: {
      http: { method: more.method ?? method, path: rawPath },
      ...(claims && { authorizer: { jwt: { claims, scopes: null } } }),
    },
  };
}
