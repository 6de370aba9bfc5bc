import { Failure } from "./failure";

export interface VerifyRequest {
  readonly environment: string;
  /** The stack's output of that name: the player page. */
  readonly app: unknown;
  readonly fetch: (url: string) => Promise<{ readonly status: number }>;
}

/** Every probe: a path at the edge, and how the edge must answer a viewer who brings no cookie and no token. */
const PROBES = [
  { path: "/app/", status: 200, meaning: "the player page is served" },
  { path: "/v1/probe/index.m3u8", status: 403, meaning: "media is refused without a cookie" },
  { path: "/api/titles", status: 401, meaning: "the API is refused without a token" },
] as const;

/** Asks the edge as a viewer would: the page is there, and the gate is shut. */
export async function verifyEdge({ environment, app, fetch }: VerifyRequest): Promise<string[]> {
  if (typeof app !== "string" || !URL.canParse(app)) {
    throw new Failure(`${environment} has no output "app": apply it first`);
  }
  const wrong: string[] = [];
  for (const { path, status, meaning } of PROBES) {
    const url = new URL(path, app).href;
    const got = await fetch(url).then(
      (answer) => String(answer.status),
      (error: Error) => error.message,
    );
    if (got !== String(status)) wrong.push(`${meaning}: ${url} must answer ${status}, got ${got}`);
  }
  if (wrong.length === 0) return PROBES.map(({ meaning }) => meaning);
  throw new Failure(`${environment} is applied but does not work: ${wrong.join("; ")}; the next environment waits`);
}
