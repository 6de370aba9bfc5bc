import { Construct } from "constructs";
import { EDIT_ROUTES, type EditTitleEnv } from "../../handlers/edit-title/contract";
import type { GetTitleEnv } from "../../handlers/get-title/contract";
import type { ListTitlesEnv } from "../../handlers/list-titles/contract";
import { CATALOGUE } from "../../handlers/shared/tables";
import type { Catalogue } from "../shared/catalogue";
import { type FunctionContext, HandlerFunction } from "../shared/handler-function";
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
    const { api } = props;
    api.serve("list_titles", "GET /api/titles", this.listTitles());
    api.serve("get_title", "GET /api/titles/{assetId}", this.getTitle());
    const edit = this.editTitle();
    for (const [action, route] of Object.entries(EDIT_ROUTES)) api.serve(`${action}_title`, route, edit);
  }

  private listTitles(): HandlerFunction<ListTitlesEnv> {
    const { context, catalogue, originSecret } = this.props;
    return new HandlerFunction<ListTitlesEnv>(this, "list-titles", {
      context,
      invokedBy: "requests",
      timeoutSeconds: 8,
      variables: { CATALOGUE_TABLE: catalogue.tableName, API_ORIGIN_SECRET: originSecret, ...this.countries() },
      statements: catalogue.index(CATALOGUE.publishedIndex.name),
    });
  }

  private getTitle(): HandlerFunction<GetTitleEnv> {
    const { context, catalogue, originSecret, groupsClaim } = this.props;
    return new HandlerFunction<GetTitleEnv>(this, "get-title", {
      context,
      invokedBy: "requests",
      timeoutSeconds: 8,
      variables: {
        CATALOGUE_TABLE: catalogue.tableName,
        API_ORIGIN_SECRET: originSecret,
        GROUPS_CLAIM: groupsClaim,
        ...this.countries(),
      },
      statements: catalogue.items("GetItem"),
    });
  }

  private editTitle(): HandlerFunction<EditTitleEnv> {
    const { context, catalogue, originSecret, groupsClaim } = this.props;
    return new HandlerFunction<EditTitleEnv>(this, "edit-title", {
      context,
      invokedBy: "requests",
      timeoutSeconds: 8,
      variables: {
        CATALOGUE_TABLE: catalogue.tableName,
        API_ORIGIN_SECRET: originSecret,
        GROUPS_CLAIM: groupsClaim,
      },
      statements: catalogue.items("GetItem", "UpdateItem"),
    });
  }

  private countries() {
    const { countries, blockedCountries } = this.props.context.environment.entitle;
    return { ALLOWED_COUNTRIES: countries.join(","), BLOCKED_COUNTRIES: blockedCountries.join(",") };
  }
}
