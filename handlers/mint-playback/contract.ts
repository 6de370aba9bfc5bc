import type { MintEnv } from "../shared/mint-env";

/** Environment of `mint-playback`. */
export type MintPlaybackEnv = MintEnv &
  Record<
    /** Playing sessions, where streams at a time are limited. */
    | "SESSIONS_TABLE"
    /** Life of a cookie, whole seconds. */
    | "COOKIE_SECONDS"
    /** `same-site` gives `SameSite=Lax`; `cross-site` gives `SameSite=None; Partitioned`. */
    | "PLAYER_SITE"
    /** Streams of a viewer at a time; 0: any number, unless the plan of a subscription says one. */
    | "CONCURRENT_STREAMS"
    /** `offered`: players are told of a title's single file; `none`: there is no way to it. */
    | "DOWNLOADS",
    string
  >;
