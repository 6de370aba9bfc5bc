import {
  BufferSource,
  BufferTarget,
  CmafOutputFormat,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  MPEG_TS,
  Output,
  type EncodedPacket,
  type InputAudioTrack,
  type InputVideoTrack,
} from "mediabunny";
import { normaliseInit, retimeFragment, type SampleTime } from "./cmaf-fragment";
import type { Span } from "./cmaf-timeline";
import { MediaError } from "./media-error";
import { MPEG_CLOCK } from "./transport-stream";

export type TrackKind = "video" | "audio";

export interface VideoFacts {
  /** RFC 6381, e.g. `avc1.640028`. */
  readonly codec: string;
  /** Pixels, as coded and cropped. */
  readonly width: number;
  readonly height: number;
}

export interface AudioFacts {
  /** RFC 6381, e.g. `mp4a.40.2`. */
  readonly codec: string;
  /** Hertz. */
  readonly sampleRate: number;
  readonly channels: number;
}

export interface TrackFacts {
  readonly video?: VideoFacts;
  readonly audio?: AudioFacts;
}

/** Where a fragment stands in its title. */
export interface FragmentPlace {
  /** In units of the track's timescale (see {@link planTimeline}). */
  readonly span: Span;
  /** Of the track's timeline, in the same units. */
  readonly decodeDelay: number;
  /** 1 for the first. */
  readonly sequence: number;
}

/** Codecs and sizes of the tracks in a transport stream segment. */
export async function describeTracks(segment: Uint8Array): Promise<TrackFacts> {
  return withInput(segment, async (input) => {
    const video = await input.getPrimaryVideoTrack();
    const audio = await input.getPrimaryAudioTrack();
    return {
      ...(video && { video: await videoFacts(video) }),
      ...(audio && { audio: await audioFacts(audio) }),
    };
  });
}

/** The CMAF header (init segment) of one track, the same bytes from every segment of a rendition. */
export async function cmafInit(segment: Uint8Array, kind: TrackKind): Promise<Buffer> {
  return (await repackage(segment, kind, 1)).init;
}

/**
 * One CMAF segment (`styp`, `moof`, `mdat`) with a track of a transport stream segment, at an absolute media time.
 * The last sample lasts to the end of the span, so that the next segment follows at once. Same input, same bytes.
 *
 * @throws MediaError when the segment has no such track
 */
export async function cmafFragment(segment: Uint8Array, kind: TrackKind, place: FragmentPlace): Promise<Buffer> {
  const { media, packets, timescale } = await repackage(segment, kind);
  const { span, decodeDelay, sequence } = place;
  const samples = timesOf(packets, kind, timescale, span.start);
  return retimeFragment(media, { samples, end: span.start + span.duration, decodeDelay, sequence });
}

interface Repackaged {
  readonly init: Buffer;
  /** With times of its own. */
  readonly media: Buffer;
  /** In decoding order. */
  readonly packets: readonly EncodedPacket[];
  readonly timescale: number;
}

async function repackage(segment: Uint8Array, kind: TrackKind, atMost = Infinity): Promise<Repackaged> {
  return withInput(segment, async (input) => {
    const track = kind === "video" ? await input.getPrimaryVideoTrack() : await input.getPrimaryAudioTrack();
    if (!track) throw new MediaError(`the segment holds no ${kind} track`);
    const packets: EncodedPacket[] = [];
    for await (const packet of new EncodedPacketSink(track).packets()) {
      packets.push(packet);
      if (packets.length >= atMost) break;
    }
    const init = new BufferTarget();
    const target = new BufferTarget();
    const output = new Output({ format: new CmafOutputFormat(), target, initTarget: init });
    if (track.isVideoTrack()) await writeVideo(output, track, packets);
    else if (track.isAudioTrack()) await writeAudio(output, track, packets);
    if (!init.buffer || !target.buffer) throw new MediaError(`the segment's ${kind} track is empty`);
    const timescale = track.isAudioTrack() ? await track.getSampleRate() : MPEG_CLOCK;
    return { init: normaliseInit(Buffer.from(init.buffer)), media: Buffer.from(target.buffer), packets, timescale };
  });
}

/** Media times of a segment's packets when the earliest is presented at `start`. */
function timesOf(packets: readonly EncodedPacket[], kind: TrackKind, timescale: number, start: number): SampleTime[] {
  const earliest = packets.reduce((least, { timestamp }) => Math.min(least, timestamp), Infinity);
  const frame = Math.round((packets[0]?.duration ?? 0) * timescale);
  return packets.map(({ timestamp, type }, index) => {
    const stated = start + Math.round((timestamp - earliest) * timescale);
    const counted = start + index * frame;
    // AAC frames are equally long; the stream's clock only approximates where they begin.
    const presented = kind === "audio" && Math.abs(stated - counted) < frame ? counted : stated;
    return { presented, isKey: type === "key" };
  });
}

async function writeVideo(output: Output, track: InputVideoTrack, packets: readonly EncodedPacket[]): Promise<void> {
  const codec = await track.getCodec();
  const decoderConfig = await track.getDecoderConfig();
  if (!codec || !decoderConfig) throw new MediaError("the segment's video codec is not known");
  const source = new EncodedVideoPacketSource(codec);
  // The "frame rate" becomes the timescale: the stream's own clock.
  output.addVideoTrack(source, { frameRate: MPEG_CLOCK });
  await output.start();
  for (const packet of packets) await source.add(packet, { decoderConfig });
  await output.finalize();
}

async function writeAudio(output: Output, track: InputAudioTrack, packets: readonly EncodedPacket[]): Promise<void> {
  const codec = await track.getCodec();
  const decoderConfig = await track.getDecoderConfig();
  if (!codec || !decoderConfig) throw new MediaError("the segment's audio codec is not known");
  const source = new EncodedAudioPacketSource(codec);
  output.addAudioTrack(source);
  await output.start();
  for (const packet of packets) await source.add(packet, { decoderConfig });
  await output.finalize();
}

async function videoFacts(track: InputVideoTrack): Promise<VideoFacts> {
  const codec = await track.getCodecParameterString();
  if (!codec) throw new MediaError("the segment's video codec is not known");
  return { codec, width: await track.getCodedWidth(), height: await track.getCodedHeight() };
}

async function audioFacts(track: InputAudioTrack): Promise<AudioFacts> {
  const codec = await track.getCodecParameterString();
  if (!codec) throw new MediaError("the segment's audio codec is not known");
  return { codec, sampleRate: await track.getSampleRate(), channels: await track.getNumberOfChannels() };
}

async function withInput<T>(segment: Uint8Array, use: (input: Input) => Promise<T>): Promise<T> {
  const input = new Input({ source: new BufferSource(segment), formats: [MPEG_TS] });
  try {
    return await use(input);
  } finally {
    input.dispose();
  }
}
