import { createHash } from "node:crypto";
import { ANONYMOUS, type AwsResponse } from "../../../../local/kernel/aws-service";
import type { Cognito } from "../../../../local/services/cognito/cognito";
import { awsRequest } from "../test-kit";
import { EDGE, VIEWER } from "./test-cognito";

export const PAGE = `http://${EDGE}/app/`;
export const VERIFIER = "v".repeat(43);

/** A good authorization request. */
export const REQUEST: Readonly<Record<string, string>> = {
  response_type: "code",
  client_id: "player",
  redirect_uri: PAGE,
  scope: "openid email",
  state: "s&1",
  nonce: "n1",
  code_challenge: createHash("sha256").update(VERIFIER).digest("base64url"),
  code_challenge_method: "S256",
};

/** Fields of a query or form; `undefined` leaves one out. */
export type Fields = Readonly<Record<string, string | undefined>>;

const encoded = (fields: Fields): URLSearchParams =>
  new URLSearchParams(Object.entries(fields).filter((field): field is [string, string] => field[1] !== undefined));

export interface Visit {
  readonly query?: Fields;
  /** Sent as a form by POST. */
  readonly form?: Fields;
  readonly cookie?: string;
}

export interface Seen {
  readonly status: number;
  readonly headers: NonNullable<AwsResponse["headers"]>;
  readonly text: string;
  /** Where it redirects. */
  readonly location?: URL;
  /** The cookie that it sets, as a browser sends it back. */
  readonly cookie?: string;
}

/** Asks a page of the pool's host as a browser does. */
export async function visit(cognito: Cognito, path: string, { query = {}, form, cookie }: Visit = {}): Promise<Seen> {
  const headers = {
    ...(form && { "content-type": "application/x-www-form-urlencoded" }),
    ...(cookie !== undefined && { cookie }),
  };
  const {
    status,
    headers: answered = {},
    body,
  } = await cognito.handle(
    awsRequest({
      method: form ? "POST" : "GET",
      path,
      query: encoded(query),
      headers,
      principal: ANONYMOUS,
      body: form && encoded(form).toString(),
    }),
  );
  const location = answered.location ? new URL(String(answered.location), "http://127.0.0.1:4566") : undefined;
  const set = answered["set-cookie"] ? String(answered["set-cookie"]) : undefined;
  return { status, headers: answered, text: body as string, location, cookie: set?.split(";")[0] };
}

/** Signs the sample viewer in on the form. */
export async function login(cognito: Cognito, fields: Fields = {}, query: Fields = {}): Promise<Seen> {
  await cognito.ensureUser(VIEWER);
  return visit(cognito, "/login", { query: { ...REQUEST, ...query }, form: { ...VIEWER, ...fields } });
}

export async function codeOf(cognito: Cognito, query: Fields = {}): Promise<string> {
  const { location } = await login(cognito, {}, query);
  return location?.searchParams.get("code") ?? "";
}

/** Calls the token endpoint; gives the status and the JSON. */
export async function tokenCall(cognito: Cognito, form: Fields): Promise<[number, Record<string, unknown>]> {
  const { status, text } = await visit(cognito, "/oauth2/token", { form });
  return [status, JSON.parse(text) as Record<string, unknown>];
}

export async function redeem(cognito: Cognito, more: Fields = {}): Promise<[number, Record<string, unknown>]> {
  const code = "code" in more ? more.code : await codeOf(cognito);
  return tokenCall(cognito, {
    grant_type: "authorization_code",
    client_id: "player",
    redirect_uri: PAGE,
    code_verifier: VERIFIER,
    ...more,
    code,
  });
}
