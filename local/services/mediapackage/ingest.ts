import type { Principal } from "../../kernel/aws-service";
import type { ObjectStore } from "../../kernel/object-store";
import { describeTracks, type TrackFacts } from "../../media/cmaf";
import { bandwidthOf } from "../../media/cmaf-bandwidth";
import { planTimeline, type Timeline } from "../../media/cmaf-timeline";
import { parseMultivariantPlaylist } from "../../media/hls-parse";
import { MediaError } from "../../media/media-error";
import { scanTransportStream, type SegmentScan } from "../../media/transport-stream";
import type { AssetIndex, IndexedAudio, IndexedVideo } from "./asset-index";
import { ingestText, readPlaylist, resolveKey, type Ladder, type SourcePlaylist } from "./ingest-source";

/** https://docs.aws.amazon.com/mediapackage/latest/ug/limits-vod.html: streams an asset, not adjustable. */
const MAX_STREAMS = 20;

interface Rung extends SourcePlaylist {
  readonly variant: Ladder["variants"][number];
  readonly scans: readonly SegmentScan[];
  readonly facts: TrackFacts;
}

/**
 * Reads an asset's source, every playlist and every segment once, and says how it can be packaged.
 *
 * @param as the asset's source role, with whose permissions everything is read
 * @param key of the multivariant playlist
 * @throws MediaError or AwsError with a reason for the person who made the ladder
 */
export async function ingest(store: ObjectStore, as: Principal, bucket: string, key: string): Promise<AssetIndex> {
  const text = (await store.read(as, bucket, key)).toString("utf8");
  const ladder = parseMultivariantPlaylist(text, key);
  requireMuxed(ladder, key);
  const source = { store, as, bucket };
  const rungs: Rung[] = [];
  for (const variant of ladder.variants) {
    const playlist = await readPlaylist(source, resolveKey(key, variant.uri));
    const scans: SegmentScan[] = [];
    let facts: TrackFacts | undefined;
    for (const segment of playlist.keys) {
      const bytes = await store.read(as, bucket, segment);
      scans.push(scanTransportStream(bytes, segment));
      facts ??= await describeTracks(bytes);
    }
    rungs.push({ ...playlist, variant, scans, facts: facts ?? {} });
  }
  const lowest = rungs.reduce((best, rung, index) => {
    return rung.variant.bandwidth < rungs[best]!.variant.bandwidth ? index : best;
  }, 0);
  const timeline = planTimeline(
    rungs.map(({ scans }) => scans),
    lowest,
  );
  return {
    bucket,
    origin: timeline.origin,
    presentationStart: timeline.presentationStart,
    duration: timeline.duration,
    frameRate: timeline.frameRate,
    video: videoOf(rungs, timeline),
    audio: audioOf(rungs[lowest]!, timeline),
    text: await ingestText(source, key, ladder),
  };
}

function requireMuxed(ladder: Ladder, key: string): void {
  const apart = ladder.renditions.find(({ type, uri }) => type === "AUDIO" && uri !== undefined);
  if (apart)
    throw new MediaError(`${key}: audio rendition ${apart.name} is apart from video; locally audio is muxed with it`);
  const streams = ladder.variants.length + ladder.renditions.length;
  if (streams > MAX_STREAMS) {
    throw new MediaError(`Parent Manifest [${key}] has [${streams}] streams, more than [${MAX_STREAMS}] allowed`);
  }
}

function videoOf(rungs: readonly Rung[], timeline: Timeline): IndexedVideo[] {
  const taken = new Set<string>();
  return rungs.map(({ variant, scans, facts, keys, durations }, index) => {
    if (!facts.video) throw new MediaError(`${keys[0]} holds no video`);
    const id = unique(`video_${Math.min(facts.video.width, facts.video.height)}p`, taken);
    const own = timeline.video[index]!;
    return {
      id,
      facts: facts.video,
      timeline: own,
      bandwidth: bandwidthOf(
        scans.map(({ video }) => video!),
        own,
      ),
      keys,
      muxed: {
        bandwidth: variant.bandwidth,
        averageBandwidth: variant.averageBandwidth,
        codecs: variant.codecs ?? [facts.video.codec, ...(facts.audio ? [facts.audio.codec] : [])],
        durations,
      },
    };
  });
}

function audioOf({ scans, facts, keys }: Rung, timeline: Timeline): IndexedAudio[] {
  if (!timeline.audio || !facts.audio) return [];
  const bandwidth = bandwidthOf(
    scans.map(({ audio }) => audio!),
    timeline.audio,
  );
  return [{ id: "audio", name: "audio", facts: facts.audio, timeline: timeline.audio, bandwidth, keys }];
}

function unique(name: string, taken: Set<string>): string {
  let result = name;
  for (let number = 2; taken.has(result); number += 1) result = `${name}_${number}`;
  taken.add(result);
  return result;
}
