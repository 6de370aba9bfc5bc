import { explain, OFFLINE, unreadable } from "./problem";
import { asRecord, asText } from "./read";
import { ok, refused, type Result } from "./result";
import type { Session } from "./session";

export interface Api {
  get(path: string): Promise<Result<unknown>>;
  post(path: string): Promise<Result<unknown>>;
}

export interface ApiDeps {
  readonly fetch: typeof fetch;
  readonly session: Session;
  /** Milliseconds after which a call counts as failed. */
  readonly timeoutMs?: number;
}

/** JSON calls to the platform's own API, with the viewer's bearer token; cookies that come back are kept. */
export function createApi({ fetch, session, timeoutMs = 15_000 }: ApiDeps): Api {
  const send = async (method: string, path: string, token: string): Promise<Result<unknown>> => {
    let response: Response;
    try {
      response = await fetch(path, {
        method,
        headers: { accept: "application/json", authorization: `Bearer ${token}` },
        credentials: "include",
        cache: "no-store",
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch {
      return refused(OFFLINE); // fetch says no more than "failed"; the browser's console has the rest
    }
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) return refused(explain({ status: response.status, ...reasonIn(body), ...waitIn(response) }));
    return body === undefined ? refused(unreadable("The answer", `${path} did not answer with JSON.`)) : ok(body);
  };
  const call = async (method: string, path: string): Promise<Result<unknown>> => {
    const token = await session.bearer();
    if (!token.ok) return token;
    const answer = await send(method, path, token.value);
    if (answer.ok || answer.problem.status !== 401) return answer;
    session.distrust(); // revoked, or this machine's clock is wrong: one renewal, one more try
    const renewed = await session.bearer();
    return renewed.ok ? send(method, path, renewed.value) : renewed;
  };
  return { get: (path) => call("GET", path), post: (path) => call("POST", path) };
}

function reasonIn(body: unknown): { code?: string; message?: string } {
  const { error, message } = asRecord(body) ?? {};
  return { code: asText(error), message: asText(message) };
}

function waitIn(response: Response): { retryAfterSeconds?: number } {
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? { retryAfterSeconds: Math.ceil(seconds) } : {};
}
