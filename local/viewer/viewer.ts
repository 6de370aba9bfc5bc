import { randomUUID } from "node:crypto";

/** What the mint answered: addresses resolved against its own, and how long until the cookie must be renewed. */
export interface Playback {
  readonly hls?: string;
  readonly dash?: string;
  readonly cmaf?: string;
  /** `name=value` pairs as a `Cookie` header carries them. */
  readonly cookie: string;
  /** The playing session, where it holds a slot: see {@link leave}. */
  readonly session?: string;
}

export interface Fetched {
  readonly status: number;
  readonly body: Buffer;
}

/** An answer that keeps a viewer from playing. */
export class PlaybackError extends Error {
  override readonly name = "PlaybackError";

  constructor(
    message: string,
    /** The mint's reason. */
    readonly code?: string,
  ) {
    super(message);
  }
}

/** Asks the mint for a title as a viewer's app does. @throws {PlaybackError} when it refuses. */
export async function mint(play: string, token: string): Promise<Playback> {
  const response = await fetch(play, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ session: randomUUID() }),
  });
  const answer = (await response.json().catch(() => ({}))) as Record<string, string | undefined>;
  if (response.status !== 200) {
    const reason = answer.error ?? answer.message ?? "";
    throw new PlaybackError(`${play} answered ${response.status} ${reason}`.trim(), answer.error);
  }
  const resolve = (path: string | undefined) => (path === undefined ? undefined : new URL(path, play).href);
  return {
    hls: resolve(answer.hls),
    dash: resolve(answer.dash),
    cmaf: resolve(answer.cmaf),
    cookie: response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; "),
    session: answer.session,
  };
}

/** Frees the slot of a playing session, where there is one. */
export async function leave(play: string, token: string, { session }: Playback): Promise<void> {
  if (session === undefined) return;
  await fetch(`${play}/sessions/${session}`, { method: "DELETE", headers: { authorization: `Bearer ${token}` } });
}

/** One request, with the cookie or without any. */
export async function get(address: string, cookie?: string): Promise<Fetched> {
  const response = await fetch(address, { headers: cookie === undefined ? {} : { cookie } });
  return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
}

/** One request that must be answered with a body. @throws {PlaybackError} with address and status otherwise. */
export async function demand(address: string, cookie: string): Promise<Buffer> {
  const { status, body } = await get(address, cookie);
  if (status !== 200) throw new PlaybackError(`${address} answered ${status}`);
  if (body.length === 0) throw new PlaybackError(`${address} answered nothing`);
  return body;
}
