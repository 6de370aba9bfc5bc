import type { Api } from "./api";
import { unreadable } from "./problem";
import { asPositive, asRecord, asText } from "./read";
import { ok, refused, type Result } from "./result";

/** One entry of the catalogue as viewers see it. */
export interface Title {
  readonly assetId: string;
  readonly name: string;
  /** Root-relative address of the poster. */
  readonly poster?: string;
  readonly durationSeconds?: number;
}

export interface TitlePage {
  readonly titles: readonly Title[];
  /** Opaque; absent on the last page. */
  readonly cursor?: string;
}

/** One page of published titles, newest first. */
export async function listTitles(api: Pick<Api, "get">, cursor?: string): Promise<Result<TitlePage>> {
  const query = cursor === undefined ? "" : `?cursor=${encodeURIComponent(cursor)}`;
  const answer = await api.get(`/api/titles${query}`);
  return answer.ok ? parseTitles(answer.value) : answer;
}

/** The name of one title; undefined where there is none to learn. */
export async function titleName(api: Pick<Api, "get">, assetId: string): Promise<string | undefined> {
  const answer = await api.get(`/api/titles/${encodeURIComponent(assetId)}`);
  return answer.ok ? parseTitle(answer.value)[0]?.name : undefined;
}

/** An entry that cannot be read is left out: one bad title must not hide the others. */
export function parseTitles(value: unknown): Result<TitlePage> {
  const page = asRecord(value);
  if (!Array.isArray(page?.items)) return refused(unreadable("The list of titles", "The answer holds no items."));
  return ok({ titles: page.items.flatMap(parseTitle), cursor: asText(page.cursor) });
}

function parseTitle(value: unknown): Title[] {
  const item = asRecord(value);
  const assetId = asText(item?.assetId);
  if (!item || !assetId) return [];
  return [
    {
      assetId,
      name: asText(item.title) ?? assetId,
      poster: asText(item.poster),
      durationSeconds: asPositive(item.durationSeconds),
    },
  ];
}
