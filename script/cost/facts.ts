import { refreshAfter } from "../../handlers/mint-playback/refresh-after";
import type { Environment } from "../../environments/environment";
import { cacheLife, shielded } from "./edge-facts";
import { type Firewall, firewallOf } from "./firewall-facts";
import { type Rendition, renditions } from "./outputs";
import type { Resources } from "../stack-resources";
import { type Schedule, schedules } from "./schedules";
import { type Watched, watched } from "./watched";

/** What an environment is, as far as its bill depends on it. */
export interface Facts {
  readonly environment: string;
  readonly region: string;
  readonly topology: Environment["topology"];
  readonly ladder: readonly Rendition[];
  readonly downloads: readonly Rendition[];
  readonly segmentSeconds: number;
  /** How many requests bring one segment: sound apart from the picture makes two. */
  readonly requestsPerSegment: number;
  /** Seconds that the edge keeps each. */
  readonly cache: { readonly manifests: number; readonly segments: number };
  readonly originShield: boolean;
  readonly queue: Environment["transcode"]["queue"];
  readonly coldAfterDays: number;
  /** Seconds between two mints of a player that plays on. */
  readonly refreshSeconds: number;
  /** Whether each mint takes or keeps a slot. */
  readonly slots: boolean;
  /** Megabytes of the mint's function. */
  readonly mintMegabytes: number;
  /** The stack's own user pool, if it has one. */
  readonly userPool?: "lite" | "essentials" | "plus";
  readonly firewall: Firewall;
  readonly keys: number;
  readonly secrets: number;
  readonly schedules: readonly Schedule[];
  readonly watched: Watched;
  /** What players report; absent: nothing. */
  readonly beacons?: { readonly everySeconds: number; readonly sampleShare: number };
  /** Percent of the requests for titles that are recorded in real time; absent: none. */
  readonly realtimeLogsPercent?: number;
  /** Days that logs are kept; the longest of the log groups. */
  readonly logDays: number;
  /** Whether calls are traced. */
  readonly traced: boolean;
}

const all = (resources: Resources, type: string) => Object.values(resources[type] ?? {});

export function factsOf(environment: Environment, resources: Resources): Facts {
  const made = renditions(resources);
  const ladder = made.filter(({ group }) => group !== "download");
  const mint = resources.aws_lambda_function?.mint_playback ?? {};
  const [pool] = all(resources, "aws_cognito_user_pool");
  const { name, region, topology, transcode, ingest, entitle } = environment;
  return {
    environment: name,
    region,
    topology,
    ladder,
    downloads: made.filter(({ group }) => group === "download"),
    segmentSeconds: environment.ladder.segmentSeconds,
    requestsPerSegment: ladder.some(({ size }) => size === "audio") ? 2 : 1,
    cache: { manifests: cacheLife(resources, "/v1/*.m3u8"), segments: cacheLife(resources, "/v1/*") },
    originShield: shielded(resources, "/v1/*"),
    queue: transcode.queue,
    coldAfterDays: ingest.coldAfterDays,
    refreshSeconds: refreshAfter(0, entitle.cookieSeconds),
    slots: entitle.concurrentStreams !== undefined,
    mintMegabytes: Number(mint.memory_size ?? 0),
    userPool: pool && poolTier(pool.user_pool_tier),
    firewall: firewallOf(resources),
    keys: all(resources, "aws_kms_key").length,
    secrets: all(resources, "aws_secretsmanager_secret").length,
    schedules: schedules(resources),
    watched: watched(resources),
    beacons: resources.aws_kinesis_firehose_delivery_stream?.beacons && environment.operate.beacons,
    realtimeLogsPercent: resources.aws_cloudfront_realtime_log_config && environment.operate.realtimeLogsPercent,
    logDays: Math.max(0, ...all(resources, "aws_cloudwatch_log_group").map((group) => Number(group.retention_in_days))),
    traced: all(resources, "aws_lambda_function").some(
      ({ tracing_config }) => (tracing_config as { mode?: string } | undefined)?.mode === "Active",
    ),
  };
}

/** A pool that names no tier is an essential one: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html */
function poolTier(tier: unknown): Facts["userPool"] {
  if (tier === "LITE") return "lite";
  return tier === "PLUS" ? "plus" : "essentials";
}
