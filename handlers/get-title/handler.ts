import { admit } from "../shared/admit";
import { type CountryLists, isOnOffer } from "../shared/availability";
import type { Catalogue } from "../shared/catalogue";
import { type HttpResponse, json, problem } from "../shared/http";
import type { Log } from "../shared/log";
import { EDITORS, rolesOf } from "../shared/roles";
import type { Title } from "../shared/title";
import { editorView, titleView } from "../shared/title-view";

export interface Deps {
  readonly catalogue: Pick<Catalogue, "read">;
  readonly originSecret: string;
  /** The environment's lists. */
  readonly countries: CountryLists;
  /** Claim of the token that lists roles. */
  readonly groupsClaim: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

/**
 * `GET /api/titles/{assetId}`: a title that is published and on offer here and now. Editors get any title there is, with
 * its state and terms under `editorial`.
 */
export const makeHandler =
  (deps: Deps) =>
  async (event: unknown): Promise<HttpResponse> => {
    const { originSecret, log, countries, groupsClaim, now } = deps;
    const caller = admit(event, { originSecret, log, method: "GET", path: "/api/titles/{assetId}" });
    if (!caller.ok) return caller.problem;
    const { assetId, country, request } = caller.value;
    const title = await deps.catalogue.read(assetId);
    const view = title && viewOf(title);
    const shown = view && isOnOffer(title.licence, { now: now(), country, countries }) ? view : undefined;
    const isEditor = rolesOf(request.claims, groupsClaim).has(EDITORS);
    if (title && isEditor) return json(200, { ...shown, assetId, title: title.title, editorial: editorView(title) });
    return shown ? json(200, shown) : problem(404, "TITLE_NOT_FOUND", "There is no such title.");
  };

/** Undefined for a title that is not published. */
function viewOf(title: Title) {
  const { publishState, publishedAt, playing } = title;
  const version = playing === undefined ? undefined : title.versions[playing];
  if (publishState !== "PUBLISHED" || publishedAt === undefined || !version) return undefined;
  const { captions, renditions, hasAudio } = version;
  return { ...titleView({ ...title, publishedAt }), captions, renditions, hasAudio };
}
