import type { DownloadChoice } from "../job-templates/download";
import type { LadderChoice } from "../job-templates/ladder";
import type { Topology } from "../job-templates/job-template";

export const DEPLOYABLE = ["dev", "staging", "prod"] as const;
export const ENVIRONMENT_NAMES = [...DEPLOYABLE, "local"] as const;
export type EnvironmentName = (typeof ENVIRONMENT_NAMES)[number];

/** A public key of the edge's key group; its private half never comes near Terraform. */
export interface SigningKey {
  /** File name without `.pem`. */
  readonly name: string;
  readonly pem: string;
}

/** A GitHub repository, by names that may change hands and numbers that do not. */
export interface Repository {
  readonly owner: string;
  readonly name: string;
  readonly id: string;
  readonly ownerId: string;
  /** Whether this environment makes the account's OpenID Connect provider for GitHub, or finds it there. */
  readonly oidcProvider: "create" | "existing";
}

/** One environment, whole: the file's settings with defaults filled in, and its public keys. */
export interface Environment {
  readonly name: EnvironmentName;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  readonly tags: {
    readonly contentClassification: string;
    readonly owner: string;
    readonly costCenter: string;
  };
  /** Whose workflows plan and apply the environment; without it, only people with credentials of their own do. */
  readonly repository?: Repository;
  /** Whether a workflow may destroy `prod`; it is not asked of the others. */
  readonly destroyable: boolean;
  readonly topology: Topology;
  readonly ladder: LadderChoice;
  readonly ingest: {
    /** Keys under it are mezzanines and their side-cars; ends with `/`. */
    readonly uploadPrefix: string;
    readonly coldAfterDays: number;
    /** The largest file that a producer may upload from the page, GiB. */
    readonly maximumUploadGibibytes: number;
  };
  readonly transcode: {
    /** Picture of the single file that entitled viewers may download. */
    readonly download: DownloadChoice;
    readonly queue: {
      readonly plan: "ON_DEMAND" | "RESERVED";
      /** Reserved transcoding slots: a twelve-month purchase. */
      readonly slots?: number;
      readonly renewal?: "AUTO_RENEW" | "EXPIRE";
    };
  };
  readonly publish: "automatic" | "editor";
  readonly entitle: {
    readonly cookieSeconds: number;
    readonly bindViewerIp: "none" | "ipv4";
    readonly playerSite: "same-site" | "cross-site";
    readonly countries: readonly string[];
    /** Where titles may not be played; the page and the list of titles open there all the same. */
    readonly blockedCountries: readonly string[];
    /** Streams of a viewer at a time, where a subscription's plan says nothing; absent: any number. */
    readonly concurrentStreams?: number;
    readonly issuer?: {
      readonly url: string;
      readonly audience: string;
      /** The player page's public client at the issuer; without it the page signs nobody in. */
      readonly clientId?: string;
      /** The claim that lists a user's roles; without it nobody is a producer or an editor. */
      readonly groupsClaim?: string;
      /** Origins that the page asks besides the issuer's own, such as that of its token endpoint. */
      readonly pageOrigins?: readonly string[];
    };
  };
  readonly deliver: {
    readonly priceClass: string;
    readonly ipv6: boolean;
    readonly originShieldRegion?: string;
    /** Seconds that the edge keeps a manifest. */
    readonly manifestSeconds: number;
    readonly corsOrigins: readonly string[];
    readonly blockedCountries: readonly string[];
    /** Requests of one address in five minutes. */
    readonly rates: { readonly mint: number; readonly playback: number };
    /** AWS's bot control at the API: paid for by request. */
    readonly botControl: "off" | "count" | "block";
    readonly domain?: { readonly name: string; readonly hostedZoneId: string };
    readonly minimumTls?: string;
  };
  readonly operate: {
    /** Who is told of every alarm, and who is woken: `mailto:` or `https:` addresses. */
    readonly notify: readonly string[];
    readonly page: readonly string[];
    /** A month. */
    readonly budgetDollars?: number;
    /** Requests in five minutes; absent: what departs from habit. */
    readonly requestSpike?: number;
    readonly cacheHitPercent: number;
    readonly backlogJobs: number;
    readonly stuckAfterMinutes: number;
    /** Whether a viewer of the platform's own watches each minute. */
    readonly check: boolean;
    readonly trail: boolean;
    readonly edgeLogs: boolean;
    /** Percent of the requests for titles that are recorded in real time; absent: none. */
    readonly realtimeLogsPercent?: number;
    /** What players measure and send. */
    readonly beacons: {
      readonly enabled: boolean;
      /** Seconds of playback between two of them. */
      readonly everySeconds: number;
      /** Share of playbacks that report, above 0 and up to 1. */
      readonly sampleShare: number;
    };
    readonly keepLogsDays: number;
    readonly lockLogsDays: number;
  };
  readonly signing: { readonly active: string };
  readonly keys: readonly SigningKey[];
}
