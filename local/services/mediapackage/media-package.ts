import path from "node:path";
import type { Authorize, AwsService } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { EventBus } from "../../kernel/event-bus";
import type { ObjectStore } from "../../kernel/object-store";
import type { Deployment } from "../../terraform/deployment";
import { roleSessions } from "../role-sessions";
import { MediaPackageVodApi } from "./api";
import { arnsOf } from "./arns";
import { AssetStore } from "./asset-store";
import { CdnAuthorization, type SecretValues } from "./cdn-authorization";
import { Egress, type Origin } from "./egress";
import { IngestQueue } from "./ingest-queue";
import { readPackaging } from "./packaging";
import { SegmentCache } from "./segment-cache";

export interface MediaPackageDependencies {
  readonly deployment: Deployment;
  /** Assets are kept in its folder `mediapackage`. */
  readonly stateDirectory: string;
  readonly store: ObjectStore;
  readonly bus: EventBus;
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly secretValues: SecretValues;
  /** Told of every request of the egress. */
  readonly onAnswer?: (configurationId: string, status: number) => void;
}

export interface MediaPackage {
  /** The API, `mediapackage-vod`. */
  readonly service: AwsService;
  /** Playback, at the packaging groups' hosts. */
  readonly origin: Origin;
  /** Resolves when every asset created so far is playable or failed. */
  idle(): Promise<void>;
  /** Assets not yet begun are ingested at the next start. */
  stop(): Promise<void>;
}

/** Packaged segments kept in memory, bytes: some minutes of a ladder. */
const CACHE_BYTES = 64 * 1024 * 1024;

/**
 * MediaPackage VOD on this machine, with the packaging groups of the synthesised stack.
 *
 * @throws Error naming every packaging setting that is not supported locally
 */
export function startMediaPackage(deps: MediaPackageDependencies): MediaPackage {
  const { deployment, store, bus, authorize, clock, secretValues } = deps;
  const groups = readPackaging(deployment);
  const arns = arnsOf(deployment.account, deployment.region);
  const assets = new AssetStore(path.join(deps.stateDirectory, "mediapackage"));
  const cache = new SegmentCache(CACHE_BYTES);
  const assume = roleSessions(authorize, clock, "mediapackage.amazonaws.com");
  const queue = new IngestQueue({ assets, groups, store, assume, bus, arns, region: deployment.region });
  const forget = (assetHash: string) => cache.forget(`${assetHash}/`);
  const service = new MediaPackageVodApi({ groups, assets, queue, authorize, arns, clock, forget });
  const authorization = new CdnAuthorization(secretValues, clock, assume);
  queue.resume();
  return {
    service,
    origin: new Egress({ groups, assets, store, assume, cache, authorization, onAnswer: deps.onAnswer }),
    idle: () => queue.idle(),
    stop: () => queue.stop(),
  };
}
