import { cmafFragment, cmafInit, describeTracks, type TrackKind } from "../../media/cmaf";
import { bandwidthOf } from "../../media/cmaf-bandwidth";
import { cmafMpd, cmafMultivariant, cmafTextPlaylist, cmafTrackPlaylist, type CmafNames, type CmafPresentation, type CmafText } from "../../media/cmaf-manifests"; // prettier-ignore
import { planTimeline, type TrackTimeline } from "../../media/cmaf-timeline";
import type { EncodedSegments } from "../../media/encode";
import { scanTransportStream, type SegmentScan } from "../../media/transport-stream";
import { writeWebVtt } from "../../media/webvtt";
import { captionLanguage, captionName, languageOf, segmentCaptions } from "./caption-output";
import { addressBase, detailOf, readSegment, segmentsOf, type GroupOutput } from "./group-output";
import type { GroupDetail, OutputDetail } from "./job";
import type { PlannedOutput } from "./plan";

const SUFFIX = { video: "cmfv", audio: "cmfa" } as const;

interface Track {
  readonly output: PlannedOutput;
  /** Transport stream segments that the track is taken from. */
  readonly source: EncodedSegments;
  readonly scans: readonly SegmentScan[];
}

/** Writes a CMAF group: one set of segments with video and audio apart, an HLS playlist a track, and both manifests last. */
export async function writeCmafGroup(group: GroupOutput): Promise<GroupDetail> {
  const { outputs, segmentSeconds } = group.planned;
  const videos: Track[] = [];
  for (const output of outputs.filter(({ settings }) => settings.videoDescription)) {
    const source = segmentsOf(group, output);
    videos.push({ output, source, scans: await scan(source) });
  }
  // Audio was encoded beside the video of the same position.
  const audios = outputs.filter(({ audio }) => audio).map((output, index) => ({ ...videos[index]!, output }));
  const presentation = await presentationOf(group, videos, audios);
  const names = namesOf(group);
  const details = new Map<PlannedOutput, OutputDetail>();
  for (const [index, video] of videos.entries()) {
    const { timeline } = presentation.video[index]!;
    const playlist = cmafTrackPlaylist(presentation.video[index]!, "video", names);
    details.set(video.output, await writeTrack(group, video, "video", timeline, playlist));
  }
  for (const [index, audio] of audios.entries()) {
    const { timeline } = presentation.audio[index]!;
    const playlist = cmafTrackPlaylist(presentation.audio[index]!, "audio", names);
    const { outputFilePaths, durationInMs } = await writeTrack(group, audio, "audio", timeline, playlist);
    details.set(audio.output, { outputFilePaths, durationInMs });
  }
  const texts = outputs.filter(({ caption }) => caption);
  for (const [index, output] of texts.entries()) {
    details.set(output, await writeText(group, output, presentation, presentation.text[index]!, names));
  }
  const mpd = await group.put(".mpd", cmafMpd(presentation, names, segmentSeconds));
  const hls = await group.put(".m3u8", cmafMultivariant(presentation, names));
  const outputDetails = outputs.flatMap((output) => details.get(output) ?? []);
  return { type: "CMAF_GROUP", playlistFilePaths: [mpd, hls], outputDetails };
}

async function scan({ output, segments }: EncodedSegments): Promise<SegmentScan[]> {
  const scans: SegmentScan[] = [];
  for (const [index, { path }] of segments.entries()) {
    scans.push(scanTransportStream(await readSegment(path), `segment ${index + 1} of ${output.stem}`));
  }
  return scans;
}

async function presentationOf(
  group: GroupOutput,
  videos: readonly Track[],
  audios: readonly Track[],
): Promise<CmafPresentation> {
  const scans = videos.map((video) => video.scans);
  const timeline = planTimeline(scans);
  const facts = await Promise.all(
    videos.map(async ({ source }) => describeTracks(await readSegment(source.segments[0]!.path))),
  );
  const texts = group.planned.outputs.filter(({ caption }) => caption);
  return {
    duration: timeline.duration,
    presentationStart: timeline.presentationStart,
    frameRate: timeline.frameRate,
    video: videos.map(({ output, scans: own }, index) => {
      const track = timeline.video[index]!;
      const bandwidth = bandwidthOf(own.map(({ video }) => video!), track);
      return { id: encodeURIComponent(output.modifier), facts: facts[index]!.video!, timeline: track, bandwidth };
    }),
    audio: audios.map(({ output, scans: own }, index) => {
      const track = planTimeline(scans, index).audio!;
      const bandwidth = bandwidthOf(own.map(({ audio }) => audio!), track);
      const language = languageOf(output.audio?.languageCode);
      const name = output.audio?.streamName ?? language?.name ?? "Audio";
      const id = encodeURIComponent(output.modifier);
      return { id, name, language: language?.tag, facts: facts[index]!.audio!, timeline: track, bandwidth };
    }),
    text: texts.map(({ modifier, caption }, index) => ({
      id: encodeURIComponent(modifier),
      name: captionName(caption!, index),
      language: captionLanguage(caption!)?.tag,
      isDefault: false,
      autoselect: true,
      forced: false,
      durations: timeline.video[0]!.spans.map(({ duration }) => duration / timeline.video[0]!.timescale),
    })),
  }; // prettier-ignore
}

const numbered = (number: number) => String(number).padStart(9, "0");

/** MediaConvert's names: `index_720pinit.cmfv`, `index_720p_000000001.cmfv`. */
function namesOf({ planned }: GroupOutput): CmafNames {
  const base = addressBase(planned);
  return {
    playlist: (id) => `${base}${id}.m3u8`,
    init: (id, kind) => `${base}${id}init.${SUFFIX[kind]}`,
    segment: (id, kind, number) => `${base}${id}_${numbered(number)}.${SUFFIX[kind]}`,
    textSegment: (id, number) => `${base}${id}_${numbered(number)}.vtt`,
    textFile: (id) => `${base}${id}.vtt`,
    initTemplate: (kind) => `${base}$RepresentationID$init.${SUFFIX[kind]}`,
    segmentTemplate: (kind) => `${base}$RepresentationID$_$Number%09d$.${SUFFIX[kind]}`,
  };
}

async function writeTrack(group: GroupOutput, track: Track, kind: TrackKind, timeline: TrackTimeline, playlist: string): Promise<OutputDetail> {
  const { output, source } = track;
  let total = 0;
  for (const [index, { path }] of source.segments.entries()) {
    const bytes = await readSegment(path);
    if (index === 0) await group.put(`${output.modifier}init.${SUFFIX[kind]}`, await cmafInit(bytes, kind));
    const fragment = await cmafFragment(bytes, kind, { span: timeline.spans[index]!, decodeDelay: timeline.decodeDelay, sequence: index + 1 });
    await group.put(`${output.modifier}_${numbered(index + 1)}.${SUFFIX[kind]}`, fragment);
    total += fragment.length;
  }
  return detailOf(source, total, [await group.put(`${output.modifier}.m3u8`, playlist)]);
} // prettier-ignore

async function writeText(group: GroupOutput, { modifier, caption }: PlannedOutput, presentation: CmafPresentation, text: CmafText, names: CmafNames): Promise<OutputDetail> {
  const file = await group.captions(caption!.captionSelectorName!);
  const segments = segmentCaptions(file, text.durations, presentation.presentationStart);
  for (const [index, segment] of segments.entries()) {
    await group.put(`${modifier}_${numbered(index + 1)}.vtt`, segment.text);
  }
  await group.put(`${modifier}.vtt`, writeWebVtt({ ...file, anchor: undefined }));
  const path = await group.put(`${modifier}.m3u8`, cmafTextPlaylist(text, names));
  return { outputFilePaths: [path], durationInMs: Math.round(presentation.duration / 90) };
} // prettier-ignore
