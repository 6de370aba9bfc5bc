import { Construct } from "constructs";
import { EDIT_ROUTES, type EditTitleEnv } from "../../handlers/edit-title/contract";
import type { GetTitleEnv } from "../../handlers/get-title/contract";
import type { ListTitlesEnv } from "../../handlers/list-titles/contract";
import { CATALOGUE } from "../../handlers/shared/tables";
import type { Catalogue } from "../shared/catalogue";
import { type FunctionContext, HandlerFunction } from "../shared/handler-function";
import type { Statement } from "../shared/policy";
import type { PlaybackApi } from "./playback-api";

export interface TitlesApiProps {
  readonly context: FunctionContext;
  readonly catalogue: Catalogue;
  readonly originSecret: string;
  readonly api: PlaybackApi;
  /** Claim of the token that lists roles; empty: nobody is an editor. */
  readonly groupsClaim: string;
}

/** Titles for apps, and the editors' actions on them. */
export class TitlesApi extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: TitlesApiProps,
  ) {
    super(scope, id);
    const { api, catalogue, groupsClaim } = props;
    const roles = { GROUPS_CLAIM: groupsClaim };
    const list = this.handler<ListTitlesEnv>("list-titles", this.countries(), catalogue.index(CATALOGUE.publishedIndex.name)); // prettier-ignore
    const get = this.handler<GetTitleEnv>("get-title", { ...roles, ...this.countries() }, catalogue.items("GetItem"));
    const edit = this.handler<EditTitleEnv>("edit-title", roles, catalogue.items("GetItem", "UpdateItem"));
    api.serve("list_titles", "GET /api/titles", list);
    api.serve("get_title", "GET /api/titles/{assetId}", get);
    for (const [action, route] of Object.entries(EDIT_ROUTES)) api.serve(`${action}_title`, route, edit);
  }

  /** A handler with what all of them have, and its own variables and permissions. */
  private handler<Env extends Common>(
    name: string,
    own: Omit<Env, keyof Common>,
    statements: readonly Statement[],
  ): HandlerFunction<Env> {
    const { context, catalogue, originSecret } = this.props;
    const common: Common = { CATALOGUE_TABLE: catalogue.tableName, API_ORIGIN_SECRET: originSecret };
    const variables = { ...common, ...own } as Env;
    return new HandlerFunction<Env>(this, name, { context, invokedBy: "requests", timeoutSeconds: 8, variables, statements }); // prettier-ignore
  }

  private countries() {
    const { countries, blockedCountries } = this.props.context.environment.entitle;
    return { ALLOWED_COUNTRIES: countries.join(","), BLOCKED_COUNTRIES: blockedCountries.join(",") };
  }
}

type Common = Record<"CATALOGUE_TABLE" | "API_ORIGIN_SECRET", string>;
