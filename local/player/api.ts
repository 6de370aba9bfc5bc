import { explain, OFFLINE, unreadable } from "./problem";
import { asRecord, asText } from "./read";
import { ok, refused, type Result } from "./result";
import type { Session } from "./session";

export interface Api {
  get(path: string): Promise<Result<unknown>>;
  /** `body` is sent as JSON. */
  post(path: string, body?: unknown): Promise<Result<unknown>>;
  /** Outlives the page that asks. */
  remove(path: string): Promise<Result<unknown>>;
}

export interface ApiDeps {
  readonly fetch: typeof fetch;
  readonly session: Session;
  /** Milliseconds after which a call counts as failed. */
  readonly timeoutMs?: number;
}

/** JSON calls to the platform's own API, with the viewer's bearer token; cookies that come back are kept. */
export function createApi({ fetch, session, timeoutMs = 15_000 }: ApiDeps): Api {
  const send = async ({ method, path, body }: Call, token: string): Promise<Result<unknown>> => {
    let response: Response;
    try {
      response = await fetch(path, {
        method,
        headers: {
          accept: "application/json",
          authorization: `Bearer ${token}`,
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        keepalive: method === "DELETE",
        credentials: "include",
        cache: "no-store",
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch {
      return refused(OFFLINE); // fetch says no more than "failed"; the browser's console has the rest
    }
    if (response.status === 204) return ok(undefined);
    const answer: unknown = await response.json().catch(() => undefined);
    if (!response.ok) return refused(explain({ status: response.status, ...reasonIn(answer), ...waitIn(response) }));
    return answer === undefined ? refused(unreadable("The answer", `${path} did not answer with JSON.`)) : ok(answer);
  };
  const call = async (request: Call): Promise<Result<unknown>> => {
    const token = await session.bearer();
    if (!token.ok) return token;
    const answer = await send(request, token.value);
    if (answer.ok || answer.problem.status !== 401) return answer;
    session.distrust(); // revoked, or this machine's clock is wrong: one renewal, one more try
    const renewed = await session.bearer();
    return renewed.ok ? send(request, renewed.value) : renewed;
  };
  return {
    get: (path) => call({ method: "GET", path }),
    post: (path, body) => call({ method: "POST", path, body }),
    remove: (path) => call({ method: "DELETE", path }),
  };
}

interface Call {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
}

function reasonIn(body: unknown): { code?: string; message?: string } {
  const { error, message } = asRecord(body) ?? {};
  return { code: asText(error), message: asText(message) };
}

function waitIn(response: Response): { retryAfterSeconds?: number } {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: Math.ceil(seconds) } : {};
}
