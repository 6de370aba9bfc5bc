/** What the edge says to somebody who has the address but not the cookie. */
export interface Uncookied {
  /** HTTP status; 0 when no answer arrived. */
  readonly status: number;
  /** Whether the gate held. */
  readonly denied: boolean;
  readonly sentence: string;
}

/** Asks for a manifest as a stranger would: same address, no cookie. */
export async function tryWithoutCookie(fetchIt: typeof fetch, url: string): Promise<Uncookied> {
  let response: Response;
  try {
    response = await fetchIt(url, { credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(10_000) });
  } catch {
    return { status: 0, denied: false, sentence: "No answer: the edge could not be reached." };
  }
  const code = /<Code>([A-Za-z]{1,40})<\/Code>/.exec(await response.text().catch(() => ""))?.[1];
  const said = [code, response.headers.get("x-cache")].filter(Boolean).join(", ");
  return verdict(response.status, said === "" ? "" : ` (${said})`);
}

function verdict(status: number, said: string): Uncookied {
  if (status === 403) return { status, denied: true, sentence: `The edge refused it: 403${said}.` };
  if (status >= 200 && status < 300)
    return { status, denied: false, sentence: `The edge served it: ${status}${said}. The gate is open!` };
  return { status, denied: false, sentence: `The edge answered ${status}${said}, neither the title nor a refusal.` };
}
