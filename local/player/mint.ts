import type { Api } from "./api";
import { unreadable } from "./problem";
import { asPositive, asRecord, asText } from "./read";
import { ok, refused, type Result } from "./result";

/** The protocols a title may be offered in. */
export const FORMATS = ["hls", "dash", "cmaf"] as const;
export type Format = (typeof FORMATS)[number];

/** What the mint answered; the cookie itself went from the answer's headers to the browser, unseen by this page. */
export interface Playback {
  readonly assetId: string;
  /** Absolute addresses of the manifests. */
  readonly manifests: Readonly<Partial<Record<Format, string>>>;
  /** Seconds after which a new cookie should be asked for. */
  readonly refreshAfterSeconds: number;
  /** ISO 8601; shown, never computed with: this machine's clock may be wrong. */
  readonly expiresAt?: string;
  readonly poster?: string;
  /** Whether the playing session that was named holds a slot: streams at a time are limited. */
  readonly holdsSlot: boolean;
  /** Whether the title has a file to keep; who may have it is asked when it is wanted. */
  readonly hasDownload?: true;
}

/**
 * Asks for a cookie for one title. `base` is the page's address, which the answer's root-relative ones are of; `session`
 * names the playing session.
 */
export async function mintPlayback(
  api: Pick<Api, "post">,
  assetId: string,
  base: string,
  session: string,
): Promise<Result<Playback>> {
  const path = `/play/${encodeURIComponent(assetId)}`;
  const answer = await api.post(path, { session });
  return answer.ok ? parsePlayback(answer.value, assetId, new URL(path, base).href) : answer;
}

/** Frees the slot of a playing session. Best effort: a slot ends by itself soon after the last cookie was minted. */
export async function freeSlot(api: Pick<Api, "remove">, assetId: string, session: string): Promise<void> {
  await api.remove(`/play/${encodeURIComponent(assetId)}/sessions/${session}`);
}

/** Reads the mint's answer and resolves its addresses against `mintUrl`, its own. */
export function parsePlayback(value: unknown, assetId: string, mintUrl: string): Result<Playback> {
  const answer = asRecord(value) ?? {};
  const manifests: Partial<Record<Format, string>> = {};
  for (const format of FORMATS) {
    const address = asText(answer[format]);
    if (address && URL.canParse(address, mintUrl)) manifests[format] = new URL(address, mintUrl).href;
  }
  if (Object.keys(manifests).length === 0)
    return refused(unreadable("The answer of the mint", "It names no HLS, DASH or CMAF address."));
  const poster = asText(answer.poster);
  return ok({
    assetId,
    manifests,
    refreshAfterSeconds: asPositive(answer.refreshAfterSeconds) ?? 60,
    expiresAt: asText(answer.expiresAt),
    poster: poster && URL.canParse(poster, mintUrl) ? new URL(poster, mintUrl).href : undefined,
    holdsSlot: asText(answer.session) !== undefined,
    ...(answer.download === true && { hasDownload: true }),
  });
}
