import { Construct } from "constructs";
import type { EndSessionEnv } from "../../handlers/end-session/contract";
import type { MintDownloadEnv } from "../../handlers/mint-download/contract";
import type { MintPlaybackEnv } from "../../handlers/mint-playback/contract";
import type { MintEnv } from "../../handlers/shared/mint-env";
import type { Catalogue } from "../shared/catalogue";
import { type FunctionContext, HandlerFunction } from "../shared/handler-function";
import type { Statement } from "../shared/policy";
import type { StorageKey } from "../shared/storage-key";
import { Entitlements } from "./entitlements";
import { Identity, type SignIn } from "./identity";
import { PlaybackApi } from "./playback-api";
import { Sessions } from "./sessions";
import { SigningKeys } from "./signing-keys";
import { TitlesApi } from "./titles-api";

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
  /** Whom the player page asks in order to sign a viewer in, as CSP sources. */
  readonly pageConnects: readonly string[];
  /** Claim of the viewers' tokens that lists roles; empty: the issuer names none, so nobody has one. */
  readonly groupsClaim: string;
  private readonly identity: Identity;
  private readonly entitlements: Entitlements;
  private readonly sessions: Sessions;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: EntitleProps,
  ) {
    super(scope, id);
    const { environment, key } = props.context;
    this.identity = new Identity(this, "identity", environment);
    this.signIn = this.identity.signIn;
    this.pageConnects = this.identity.pageConnects;
    this.groupsClaim = this.identity.groupsClaim;
    this.keys = new SigningKeys(this, "signing-keys", environment, props.secretsKey);
    this.entitlements = new Entitlements(this, "entitlement-table", environment, key);
    this.sessions = new Sessions(this, "session-table", environment, key);
    this.api = new PlaybackApi(this, "api", environment, this.identity);
    new TitlesApi(this, "titles-api", { ...props, api: this.api, groupsClaim: this.groupsClaim });
    this.api.serve("end_session", "DELETE /play/{assetId}/sessions/{session}", this.endSession());
  }

  /** Client of the platform's own viewer, where there is one. */
  get checkClientId(): string | undefined {
    return this.identity.checkClientId;
  }

  /** Signs viewers in for the player page at this address, the edge's own. */
  signInFor(page: string): void {
    this.identity.returnTo(page);
  }

  /** Opens the mint; it signs for the edge's own address, so it comes after the edge. */
  mintFor(cdnOrigin: string): HandlerFunction<MintPlaybackEnv> {
    const { entitle, transcode } = this.props.context.environment;
    const offersDownloads = transcode.download !== "none";
    const own = {
      SESSIONS_TABLE: this.sessions.tableName,
      COOKIE_SECONDS: String(entitle.cookieSeconds),
      PLAYER_SITE: entitle.playerSite,
      CONCURRENT_STREAMS: String(entitle.concurrentStreams ?? 0),
      DOWNLOADS: offersDownloads ? "offered" : "none",
    };
    const variables: MintPlaybackEnv = { ...this.mintVariables(cdnOrigin), ...own };
    const mint = this.minter("mint-playback", variables, this.sessions.items());
    this.api.serve("mint_playback", "POST /play/{assetId}", mint);
    if (offersDownloads) this.downloadsFrom(cdnOrigin);
    return mint;
  }

  /** Signs the addresses of single files, where the environment makes some. */
  private downloadsFrom(cdnOrigin: string): void {
    const { entitle } = this.props.context.environment;
    const own = { ADDRESS_SECONDS: String(entitle.cookieSeconds) };
    const variables: MintDownloadEnv = { ...this.mintVariables(cdnOrigin), ...own };
    this.api.serve("mint_download", "POST /api/titles/{assetId}/download", this.minter("mint-download", variables));
  }

  private mintVariables(cdnOrigin: string): MintEnv {
    const { context, catalogue, originSecret } = this.props;
    const { entitle } = context.environment;
    return {
      CATALOGUE_TABLE: catalogue.tableName,
      ENTITLEMENTS_TABLE: this.entitlements.tableName,
      API_ORIGIN_SECRET: originSecret,
      CDN_ORIGIN: cdnOrigin,
      SIGNING_SECRET_ARN: this.keys.activeSecretArn,
      SIGNING_KEY_ID: this.keys.activeKeyId,
      BIND_VIEWER_IP: entitle.bindViewerIp,
      ALLOWED_COUNTRIES: entitle.countries.join(","),
      BLOCKED_COUNTRIES: entitle.blockedCountries.join(","),
    };
  }

  /** A handler that looks a viewer and a title up, and signs; `more` is what it may do besides. */
  private minter<Env extends MintEnv>(handler: string, variables: Env, more: readonly Statement[] = []) {
    const { context, catalogue } = this.props;
    return new HandlerFunction<Env>(this, handler, {
      context,
      invokedBy: "requests",
      timeoutSeconds: 8,
      memoryMegabytes: 512, // signing is arithmetic, and a function's share of a processor grows with its memory
      variables,
      statements: [...catalogue.items("GetItem"), ...this.entitlements.items(), ...more, ...this.keys.readActiveKey()],
    });
  }

  private endSession(): HandlerFunction<EndSessionEnv> {
    const { context, originSecret } = this.props;
    return new HandlerFunction<EndSessionEnv>(this, "end-session", {
      context,
      invokedBy: "requests",
      timeoutSeconds: 8,
      variables: {
        SESSIONS_TABLE: this.sessions.tableName,
        API_ORIGIN_SECRET: originSecret,
        COOKIE_SECONDS: String(context.environment.entitle.cookieSeconds),
      },
      statements: this.sessions.items(),
    });
  }
}
