import { admit, type Caller } from "../shared/admit";
import type { Catalogue } from "../shared/catalogue";
import { type HttpResponse, json, jsonBody, problem } from "../shared/http";
import type { Log } from "../shared/log";
import type { LogCode } from "../shared/log-codes";
import { ok, refused, type Result } from "../shared/result";
import { EDITORS, rolesOf } from "../shared/roles";
import { editorView } from "../shared/title-view";
import { EDIT_ROUTES } from "./contract";
import { type Edit, license, publish, withdraw } from "./edits";
import { parseTerms } from "./licence-terms";

export interface Deps {
  readonly catalogue: Pick<Catalogue, "change">;
  readonly originSecret: string;
  /** Claim of the token that lists roles. */
  readonly groupsClaim: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

interface Action {
  readonly edit: Edit;
  readonly done: LogCode;
}

/** Editors publish a title, withdraw it, and set its licence; each action is one conditional write on the title. */
export const makeHandler =
  (deps: Deps) =>
  async (event: unknown): Promise<HttpResponse> => {
    const { originSecret, log } = deps;
    const caller = admit(event, { originSecret, log, path: "/api/titles/{assetId}/..." });
    if (!caller.ok) return caller.problem;
    const { request, assetId, viewerId } = caller.value;
    if (!rolesOf(request.claims, deps.groupsClaim).has(EDITORS)) {
      log("EDIT_REFUSED", { assetId, reason: "EDITOR_REQUIRED", route: request.route });
      return problem(403, "EDITOR_REQUIRED", `Only who has the role ${EDITORS} may change titles.`);
    }
    const action = actionOf(caller.value);
    if (!action.ok) return action.problem;
    const { edit, done } = action.value;
    const at = new Date(deps.now()).toISOString();
    const outcome = await deps.catalogue.change(assetId, (title) => edit(title, at));
    if ("title" in outcome) {
      log(done, { assetId, editor: viewerId });
      return json(200, editorView(outcome.title));
    }
    log("EDIT_REFUSED", { assetId, reason: outcome.refused, route: request.route });
    return outcome.refused === "absent"
      ? problem(404, "TITLE_NOT_FOUND", "There is no such title.")
      : problem(409, "TITLE_NOT_READY", "No version of this title can be watched yet.");
  };

function actionOf({ request }: Caller): Result<Action, HttpResponse> {
  switch (request.route) {
    case EDIT_ROUTES.publish:
      return ok({ edit: publish, done: "TITLE_PUBLISHED" });
    case EDIT_ROUTES.withdraw:
      return ok({ edit: withdraw, done: "TITLE_WITHDRAWN" });
    case EDIT_ROUTES.license: {
      const body = request.body === "" ? refused("the body must be JSON; {} for no terms") : jsonBody(request);
      const terms = body.ok ? parseTerms(body.value) : body;
      if (!terms.ok) return refused(problem(400, "LICENCE_INVALID", terms.problem));
      return ok({ edit: license(terms.value), done: "LICENCE_SET" });
    }
    default:
      return refused(problem(404, "ROUTE_NOT_FOUND", `Ask with ${Object.values(EDIT_ROUTES).join(", ")}.`));
  }
}
