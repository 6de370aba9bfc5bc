import { isRecord, recordsOf } from "../shared/read-event";
import { ok, refused, type Result } from "../shared/result";

export type Fetch = (address: string, options?: RequestInit) => Promise<Response>;

/** What was asked when it failed, in the words of the platform. */
export type Step = "list" | "mint" | "manifest" | "playlist" | "segment" | "gate";

export interface WatchFailure {
  readonly step: Step;
  readonly reason: string;
}

/** One stream, the same each minute, where streams at a time are limited. */
const SESSION = "check-playback-00000000";

type Outcome<T> = Result<T, WatchFailure>;

/** As a player does it, over HLS: list, mint, manifest, playlist, segment; and that the gate is shut without a cookie. */
export async function watch(
  fetch: Fetch,
  cdnOrigin: string,
  token: string,
  wanted?: string,
): Promise<Outcome<{ assetId: string }>> {
  const authorization = { authorization: `Bearer ${token}` };
  const assetId = wanted === undefined ? await newest(fetch, cdnOrigin, authorization) : ok(wanted);
  if (!assetId.ok) return assetId;
  const minted = await mint(fetch, `${cdnOrigin}/play/${assetId.value}`, authorization);
  if (!minted.ok) return minted;
  const { hls, cookie } = minted.value;
  const manifest = await lines(fetch, "manifest", new URL(hls, cdnOrigin).href, cookie);
  if (!manifest.ok) return manifest;
  const playlist = await lines(fetch, "playlist", manifest.value, cookie);
  if (!playlist.ok) return playlist;
  const segment = await get(fetch, "segment", playlist.value, cookie);
  if (!segment.ok) return segment;
  if ((await segment.value.arrayBuffer()).byteLength === 0) return failed("segment", "it is empty");
  const gate = await fetch(playlist.value);
  return gate.status === 403
    ? ok({ assetId: assetId.value })
    : failed("gate", `without a cookie the edge answers ${gate.status}`);
}

async function newest(fetch: Fetch, cdnOrigin: string, headers: Record<string, string>): Promise<Outcome<string>> {
  const response = await fetch(`${cdnOrigin}/api/titles?limit=1`, { headers });
  if (response.status !== 200) return failed("list", `the edge answers ${response.status}`);
  const list: unknown = await response.json();
  const [item] = recordsOf(isRecord(list) ? list.items : undefined);
  return typeof item?.assetId === "string" ? ok(item.assetId) : failed("list", "there is no title");
}

async function mint(
  fetch: Fetch,
  address: string,
  headers: Record<string, string>,
): Promise<Outcome<{ hls: string; cookie: string }>> {
  const body = JSON.stringify({ session: SESSION });
  const response = await fetch(address, {
    method: "POST",
    headers: { ...headers, "content-type": "application/json" },
    body,
  });
  const answer: unknown = await response.json();
  const { hls, error } = isRecord(answer) ? answer : {};
  if (response.status !== 200) return failed("mint", `the mint answers ${response.status} ${String(error)}`);
  if (typeof hls !== "string") return failed("mint", "the answer names no HLS address");
  const cookie = response.headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  return ok({ hls, cookie });
}

/** The address that the first line of a playlist names which is no tag. */
async function lines(
  fetch: Fetch,
  step: "manifest" | "playlist",
  address: string,
  cookie: string,
): Promise<Outcome<string>> {
  const response = await get(fetch, step, address, cookie);
  if (!response.ok) return response;
  const first = (await response.value.text()).split("\n").find((line) => line.trim() !== "" && !line.startsWith("#"));
  return first === undefined ? failed(step, "it lists nothing") : ok(new URL(first.trim(), address).href);
}

async function get(fetch: Fetch, step: Step, address: string, cookie: string): Promise<Outcome<Response>> {
  const response = await fetch(address, { headers: { cookie } });
  return response.status === 200 ? ok(response) : failed(step, `the edge answers ${response.status}`);
}

function failed(step: Step, reason: string): { ok: false; problem: WatchFailure } {
  return refused({ step, reason });
}
