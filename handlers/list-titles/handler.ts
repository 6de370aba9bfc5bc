import { admitViewer } from "../shared/admit";
import type { CountryLists } from "../shared/availability";
import type { Catalogue } from "../shared/catalogue";
import { type HttpResponse, json, problem } from "../shared/http";
import type { Log } from "../shared/log";
import { titleView } from "../shared/title-view";
import { decodeCursor, encodeCursor } from "./cursor";
import { visiblePage } from "./visible-page";

export interface Deps {
  readonly catalogue: Pick<Catalogue, "published">;
  readonly originSecret: string;
  /** The environment's lists. */
  readonly countries: CountryLists;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

/** `GET /api/titles?limit=&cursor=`: the published titles that are on offer here and now, newest first. */
export const makeHandler =
  (deps: Deps) =>
  async (event: unknown): Promise<HttpResponse> => {
    const viewer = admitViewer(event, { originSecret: deps.originSecret, log: deps.log, method: "GET" });
    if (!viewer.ok) return viewer.problem;
    const { request, country } = viewer.value;
    const limit = limitOf(request.query.limit);
    if (limit === undefined)
      return problem(400, "LIMIT_INVALID", `limit must be a whole number from 1 to ${MAX_LIMIT}.`);
    const after = request.query.cursor === undefined ? undefined : decodeCursor(request.query.cursor);
    if (request.query.cursor !== undefined && !after) {
      return problem(400, "CURSOR_INVALID", "cursor must be the one that the page before gave.");
    }
    const vantage = { now: deps.now(), country, countries: deps.countries };
    const { items, next } = await visiblePage(deps.catalogue, limit, after, vantage);
    return json(200, { items: items.map(titleView), cursor: next && encodeCursor(next) });
  };

function limitOf(text = String(DEFAULT_LIMIT)): number | undefined {
  const limit = /^\d{1,3}$/.test(text) ? Number(text) : 0;
  return limit >= 1 && limit <= MAX_LIMIT ? limit : undefined;
}
