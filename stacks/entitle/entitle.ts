import { Construct } from "constructs";
import type { ListTitlesEnv } from "../../handlers/list-titles/contract";
import type { MintDownloadEnv } from "../../handlers/mint-download/contract";
import type { MintPlaybackEnv } from "../../handlers/mint-playback/contract";
import { CATALOGUE } from "../../handlers/shared/tables";
import type { Catalogue } from "../shared/catalogue";
import { type FunctionContext, HandlerFunction } from "../shared/handler-function";
import type { StorageKey } from "../shared/storage-key";
import { Entitlements } from "./entitlements";
import { Identity, type SignIn } from "./identity";
import { PlaybackApi } from "./playback-api";
import { SigningKeys } from "./signing-keys";

export interface EntitleProps {
  readonly context: FunctionContext;
  readonly catalogue: Catalogue;
  readonly secretsKey: StorageKey;
  /** Header value with which CloudFront proves itself to the API, a sensitive variable. */
  readonly originSecret: string;
}

/** Entitle: checks the viewer and mints a short cookie for one title, signed by a key that the edge trusts. */
export class Entitle extends Construct {
  readonly api: PlaybackApi;
  readonly keys: SigningKeys;
  readonly signIn?: SignIn;
  /** Claim of the viewers' tokens that holds roles. */
  readonly groupsClaim?: string;
  private readonly identity: Identity;
  private readonly entitlements: Entitlements;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EntitleProps,
  ) {
    super(scope, id);
    const { environment, key } = props.context;
    this.identity = new Identity(this, "identity", environment);
    this.signIn = this.identity.signIn;
    this.groupsClaim = this.identity.groupsClaim;
    this.keys = new SigningKeys(this, "signing-keys", environment, props.secretsKey);
    this.entitlements = new Entitlements(this, "entitlement-table", environment, key);
    this.api = new PlaybackApi(this, "api", environment, this.identity);
    this.api.serve("list_titles", "GET /api/titles", this.listTitles());
  }

  /** Signs viewers in for the player page at this address, the edge's own. */
  signInFor(page: string): void {
    this.identity.returnTo(page);
  }

  /** Opens the mint; it signs for the edge's own address, so it comes after the edge. */
  mintFor(cdnOrigin: string): HandlerFunction<MintPlaybackEnv> {
    const { context, catalogue, originSecret } = this.props;
    const { entitle, transcode } = context.environment;
    const mint = new HandlerFunction<MintPlaybackEnv>(this, "mint-playback", {
      context,
      invokedBy: "requests",
      timeoutSeconds: 8,
      memoryMegabytes: 512, // signing is arithmetic, and a function's share of a processor grows with its memory
      variables: {
        CATALOGUE_TABLE: catalogue.tableName,
        ENTITLEMENTS_TABLE: this.entitlements.tableName,
        API_ORIGIN_SECRET: originSecret,
        CDN_ORIGIN: cdnOrigin,
        SIGNING_SECRET_ARN: this.keys.activeSecretArn,
        SIGNING_KEY_ID: this.keys.activeKeyId,
        COOKIE_SECONDS: String(entitle.cookieSeconds),
        BIND_VIEWER_IP: entitle.bindViewerIp,
        PLAYER_SITE: entitle.playerSite,
        ALLOWED_COUNTRIES: entitle.countries.join(","),
        DOWNLOADS: transcode.download === "none" ? "none" : "offered",
      },
      statements: [...catalogue.items("GetItem"), ...this.entitlements.items(), ...this.keys.readActiveKey()],
    });
    this.api.serve("mint_playback", "POST /play/{assetId}", mint);
    if (transcode.download !== "none") this.downloadsFrom(cdnOrigin);
    return mint;
  }

  /** Signs the addresses of single files, where the environment makes some. */
  private downloadsFrom(cdnOrigin: string): void {
    const { context, catalogue, originSecret } = this.props;
    const { entitle } = context.environment;
    const handler = new HandlerFunction<MintDownloadEnv>(this, "mint-download", {
      context,
      invokedBy: "requests",
      timeoutSeconds: 8,
      memoryMegabytes: 512, // as for the mint
      variables: {
        CATALOGUE_TABLE: catalogue.tableName,
        ENTITLEMENTS_TABLE: this.entitlements.tableName,
        API_ORIGIN_SECRET: originSecret,
        CDN_ORIGIN: cdnOrigin,
        SIGNING_SECRET_ARN: this.keys.activeSecretArn,
        SIGNING_KEY_ID: this.keys.activeKeyId,
        ADDRESS_SECONDS: String(entitle.cookieSeconds),
        BIND_VIEWER_IP: entitle.bindViewerIp,
        ALLOWED_COUNTRIES: entitle.countries.join(","),
      },
      statements: [...catalogue.items("GetItem"), ...this.entitlements.items(), ...this.keys.readActiveKey()],
    });
    this.api.serve("mint_download", "POST /api/titles/{assetId}/download", handler);
  }

  private listTitles(): HandlerFunction<ListTitlesEnv> {
    const { context, catalogue, originSecret } = this.props;
    return new HandlerFunction<ListTitlesEnv>(this, "list-titles", {
      context,
      invokedBy: "requests",
      timeoutSeconds: 8,
      variables: { CATALOGUE_TABLE: catalogue.tableName, API_ORIGIN_SECRET: originSecret },
      statements: catalogue.index(CATALOGUE.publishedIndex.name),
    });
  }
}
