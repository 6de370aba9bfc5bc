import { describeTracks } from "../../media/cmaf";
import { framesPerSecond } from "../../media/encode-frame-rate";
import type { EncodedSegments } from "../../media/encode";
import { writeMediaPlaylist, writeMultivariantPlaylist, type Rendition, type Variant } from "../../media/hls";
import { scanTransportStream } from "../../media/transport-stream";
import { captionLanguage, captionName, captionPlaylist, languageOf, segmentCaptions } from "./caption-output";
import { addressBase, detailOf, readSegment, segmentsOf, type GroupOutput } from "./group-output";
import type { GroupDetail, OutputDetail } from "./job";
import type { PlannedOutput } from "./plan";

const AUDIO_GROUP = "audio";
const TEXT_GROUP = "subs";

interface Written {
  readonly detail: OutputDetail;
  readonly variant?: Variant;
  readonly rendition?: Rendition;
}

/** Writes an HLS group: TS segments, a playlist an output, and the multivariant playlist last. */
export async function writeHlsGroup(group: GroupOutput): Promise<GroupDetail> {
  const written: Written[] = [];
  for (const output of group.planned.outputs) {
    written.push(output.caption ? await writeCaptions(group, output) : await writeTrack(group, output));
  }
  const renditions = written.flatMap(({ rendition }) => rendition ?? []);
  const groups = {
    ...(renditions.some(({ type }) => type === "AUDIO") && { audio: AUDIO_GROUP }),
    ...(renditions.some(({ type }) => type === "SUBTITLES") && { subtitles: TEXT_GROUP }),
  };
  const variants = written.flatMap(({ variant }) => (variant ? { ...variant, ...groups } : []));
  const text = writeMultivariantPlaylist({ version: 3, independentSegments: true, renditions, variants });
  const playlistFilePaths = [await group.put(".m3u8", text)];
  return { type: "HLS_GROUP", playlistFilePaths, outputDetails: written.map(({ detail }) => detail) };
}

/** MediaConvert's name of a segment, from 1. */
const segmentName = (number: number, suffix: string) => `_${String(number).padStart(5, "0")}.${suffix}`;

async function writeTrack(group: GroupOutput, output: PlannedOutput): Promise<Written> {
  const encoded = segmentsOf(group, output);
  const sizes: number[] = [];
  for (const [index, { path }] of encoded.segments.entries()) {
    const bytes = await readSegment(path);
    sizes.push(bytes.length);
    await group.put(`${output.modifier}${segmentName(index + 1, "ts")}`, bytes);
  }
  const name = `${addressBase(group.planned)}${encodeURIComponent(output.modifier)}`;
  const playlist = writeMediaPlaylist({
    version: 3,
    independentSegments: false,
    mediaSequence: 1,
    segments: encoded.segments.map(({ duration }, index) => ({
      uri: `${name}${segmentName(index + 1, "ts")}`,
      duration,
    })),
  });
  const path = await group.put(`${output.modifier}.m3u8`, playlist);
  const detail = detailOf(encoded, sizes.reduce((sum, size) => sum + size, 0), [path]); // prettier-ignore
  const uri = `${name}.m3u8`;
  if (!encoded.output.video) return { detail, rendition: audioRendition(output, uri) };
  return { detail, variant: await variantOf(encoded, sizes, uri) };
}

async function variantOf(
  { output, segments, duration }: EncodedSegments,
  sizes: readonly number[],
  uri: string,
): Promise<Variant> {
  const tracks = await describeTracks(await readSegment(segments[0]!.path));
  const longest = Math.max(...segments.map((segment) => segment.duration));
  // A last segment shorter than half the longest says nothing about the peak (RFC 8216, 4.1).
  const rates = segments.flatMap((segment, index) =>
    segment.duration >= longest / 2 ? [(8 * sizes[index]!) / segment.duration] : [],
  );
  return {
    uri,
    bandwidth: Math.ceil(Math.max(...rates)),
    averageBandwidth: Math.ceil((8 * sizes.reduce((sum, size) => sum + size, 0)) / duration),
    codecs: [tracks.video?.codec, tracks.audio?.codec].filter((codec) => codec !== undefined),
    width: output.video!.width,
    height: output.video!.height,
    frameRate: framesPerSecond(output.video!.frameRate),
  };
}

function audioRendition({ audio, modifier }: PlannedOutput, uri: string): Rendition {
  const language = languageOf(audio?.languageCode);
  const name = audio?.streamName ?? language?.name ?? modifier;
  return { type: "AUDIO", groupId: AUDIO_GROUP, name, language: language?.tag, isDefault: true, autoselect: true, uri };
}

async function writeCaptions(group: GroupOutput, output: PlannedOutput): Promise<Written> {
  const video = segmentsOf(
    group,
    group.planned.outputs.find(({ settings }) => settings.videoDescription)!,
  );
  const first = scanTransportStream(await readSegment(video.segments[0]!.path), video.output.stem);
  const captions = await group.captions(output.caption!.captionSelectorName!);
  const durations = video.segments.map(({ duration }) => duration);
  const segments = segmentCaptions(captions, durations, first.video?.start ?? 0);
  for (const [index, { text }] of segments.entries()) {
    await group.put(`${output.modifier}${segmentName(index + 1, "vtt")}`, text);
  }
  const name = `${addressBase(group.planned)}${encodeURIComponent(output.modifier)}`;
  const playlist = captionPlaylist(segments, (number) => `${name}${segmentName(number, "vtt")}`);
  const path = await group.put(`${output.modifier}.m3u8`, writeMediaPlaylist(playlist));
  const texts = group.planned.outputs.filter(({ caption }) => caption);
  return {
    detail: { outputFilePaths: [path], durationInMs: Math.round(video.duration * 1000) },
    rendition: {
      type: "SUBTITLES",
      groupId: TEXT_GROUP,
      name: captionName(output.caption!, texts.indexOf(output)),
      language: captionLanguage(output.caption!)?.tag,
      isDefault: false,
      autoselect: true,
      forced: false,
      uri: `${name}.m3u8`,
    },
  };
}
