import { AwsError, type Principal } from "../../kernel/aws-service";
import type { EventBus } from "../../kernel/event-bus";
import type { ObjectStore } from "../../kernel/object-store";
import { MediaError } from "../../media/media-error";
import type { AssumeRole } from "../role-sessions";
import type { Asset } from "./asset";
import type { AssetStore } from "./asset-store";
import type { Arns } from "./arns";
import { ingest } from "./ingest";
import { assetPlayable, ingestCompleted, ingestFailed, ingestStarted } from "./notifications";
import type { PackagingGroup } from "./packaging";
import { parseSourceArn } from "./source-arn";

export interface IngestDependencies {
  readonly assets: AssetStore;
  readonly groups: readonly PackagingGroup[];
  readonly store: ObjectStore;
  readonly assume: AssumeRole;
  readonly bus: EventBus;
  readonly arns: Arns;
  readonly region: string;
}

/** Takes assets from QUEUED over PROCESSING to PLAYABLE or FAILED, one after the other. */
export class IngestQueue {
  private tail: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly deps: IngestDependencies) {}

  /** Assets that a stop found unfinished. */
  resume(): void {
    const unfinished = this.deps.assets.all().filter(({ status }) => status === "QUEUED" || status === "PROCESSING");
    for (const { id } of unfinished) this.add(id);
  }

  add(assetId: string): void {
    this.tail = this.tail.then(() => (this.stopped ? undefined : this.process(assetId)));
  }

  /** Resolves when everything added so far is done. */
  idle(): Promise<void> {
    return this.tail;
  }

  /** What has not begun stays QUEUED for the next start; resolves when the current asset is done. */
  stop(): Promise<void> {
    this.stopped = true;
    return this.tail;
  }

  private async process(assetId: string): Promise<void> {
    const { assets, bus, store, assume } = this.deps;
    const queued = assets.get(assetId);
    if (!queued) return;
    const asset: Asset = { ...queued, status: "PROCESSING" };
    const deleted = () => assets.get(assetId)?.createdAt !== asset.createdAt;
    try {
      assets.put(asset);
      bus.publish(ingestStarted(asset));
      const { bucket, key } = parseSourceArn(asset.sourceArn);
      const as = assume(asset.sourceRoleArn);
      await requireReadable(store, as, bucket, this.deps.region);
      const index = await ingest(store, as, bucket, key);
      if (deleted()) return;
      assets.putIndex(asset, index);
      assets.put({ ...asset, status: "PLAYABLE" });
      this.announce(asset);
    } catch (error) {
      if (deleted()) return;
      assets.put({ ...asset, status: "FAILED", failure: reasonOf(error) });
      bus.publish(ingestFailed(asset, reasonOf(error)));
    }
  }

  private announce(asset: Asset): void {
    const { bus, groups, arns } = this.deps;
    bus.publish(ingestCompleted(asset));
    for (const group of groups.filter(({ id }) => id === asset.groupId)) {
      for (const configuration of group.configurations) {
        bus.publish(assetPlayable(asset, group, configuration, arns.configuration(configuration.id)));
      }
    }
  }
}

/**
 * MediaPackage reads buckets of its own Region, at the owner's cost:
 * https://docs.aws.amazon.com/mediapackage/latest/ug/setting-up-create-trust-rel-policy-vod.html
 */
async function requireReadable(store: ObjectStore, as: Principal, bucket: string, region: string): Promise<void> {
  const where = await store.region(as, bucket);
  if (where !== region) throw new MediaError(`the bucket ${bucket} is in ${where}; it must be in ${region}`);
  if ((await store.payer(as, bucket)) !== "BucketOwner") {
    throw new MediaError(`the bucket ${bucket} makes the requester pay; its owner must`);
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof MediaError) return error.message;
  if (error instanceof AwsError) return `reading the source failed: ${error.code}: ${error.message}`;
  return `ingest failed: ${error instanceof Error ? error.message : String(error)}`;
}
