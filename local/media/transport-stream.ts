import { AdtsCounter, type AdtsFacts } from "./transport-stream-adts";
import { MediaError } from "./media-error";

/** MPEG's clock: presentation times and durations are in these units a second. */
export const MPEG_CLOCK = 90_000;

/** What one segment holds of a track's pictures, in MPEG clock ticks as written in the stream. */
export interface VideoScan {
  /** Earliest presentation time. */
  readonly start: number;
  /** Latest presentation time: the last frame *begins* here. */
  readonly last: number;
  /** How long before it is presented the first frame is decoded: the room that reordering needs. */
  readonly decodeDelay: number;
  readonly frames: number;
  /** Bytes of the elementary stream. */
  readonly bytes: number;
}

export interface AudioScan extends AdtsFacts {
  readonly start: number;
  readonly bytes: number;
}

export interface SegmentScan {
  readonly video?: VideoScan;
  readonly audio?: AudioScan;
}

const PACKET = 188;
const SYNC = 0x47;
const TIMESTAMP_MODULUS = 2 ** 33;
/** Stream types of ISO/IEC 13818-1, table 2-34, that MediaPackage takes and this packager can carry. */
const STREAM_TYPES: Readonly<Record<number, "video" | "audio">> = { 0x1b: "video", 0x24: "video", 0x0f: "audio" };

/**
 * Reads one MPEG transport stream segment (H.264 or HEVC, and AAC in ADTS), without decoding.
 *
 * @param name the segment's name, for the error
 * @throws MediaError when it is no transport stream, holds no known track, or carries more than one of a kind
 * @see ISO/IEC 13818-1
 */
export function scanTransportStream(bytes: Uint8Array, name: string): SegmentScan {
  if (bytes.length < PACKET || bytes.length % PACKET !== 0 || bytes[0] !== SYNC) {
    throw new MediaError(`${name} is not an MPEG transport stream (${bytes.length} bytes)`);
  }
  const scan = new Scan(name);
  for (let at = 0; at < bytes.length; at += PACKET) scan.packet(bytes.subarray(at, at + PACKET));
  return scan.result();
}

class Scan {
  private programMap = -1;
  private readonly tracks = new Map<number, "video" | "audio">();
  private readonly times: Record<"video" | "audio", number[]> = { video: [], audio: [] };
  private readonly bytes = { video: 0, audio: 0 };
  private readonly adts = new AdtsCounter();
  private decodeDelay = 0;

  constructor(private readonly name: string) {}

  packet(packet: Uint8Array): void {
    if (packet[0] !== SYNC) throw new MediaError(`${this.name} loses transport stream synchronisation`);
    const begins = (packet[1]! & 0x40) !== 0;
    const id = ((packet[1]! & 0x1f) << 8) | packet[2]!;
    const control = (packet[3]! >> 4) & 3;
    const adaptation = control & 2 ? 1 + packet[4]! : 0;
    if (!(control & 1)) return;
    const payload = packet.subarray(4 + adaptation);
    if (id === 0 && begins) this.programMap = programMapOf(payload);
    else if (id === this.programMap && begins) this.readTracks(payload);
    else {
      const kind = this.tracks.get(id);
      if (kind) this.elementary(kind, begins ? this.readHeader(kind, payload) : payload);
    }
  }

  private elementary(kind: "video" | "audio", data: Uint8Array): void {
    this.bytes[kind] += data.length;
    if (kind === "audio") this.adts.add(data);
  }

  private readTracks(payload: Uint8Array): void {
    if (this.tracks.size > 0) return;
    const section = payload.subarray(1 + payload[0]!);
    const end = 3 + (((section[1]! & 0x0f) << 8) | section[2]!) - 4;
    let at = 12 + (((section[10]! & 0x0f) << 8) | section[11]!);
    while (at + 5 <= end) {
      const kind = STREAM_TYPES[section[at]!];
      if (kind && [...this.tracks.values()].includes(kind)) {
        throw new MediaError(`${this.name} has more than one ${kind} track; at most one a segment is allowed`);
      }
      if (kind) this.tracks.set(((section[at + 1]! & 0x1f) << 8) | section[at + 2]!, kind);
      at += 5 + (((section[at + 3]! & 0x0f) << 8) | section[at + 4]!);
    }
  }

  private readHeader(kind: "video" | "audio", payload: Uint8Array): Uint8Array {
    if (payload[0] !== 0 || payload[1] !== 0 || payload[2] !== 1) {
      throw new MediaError(`${this.name} has a damaged ${kind} packet header`);
    }
    const [presented, decoded] = [(payload[7]! & 0x80) !== 0, (payload[7]! & 0x40) !== 0];
    if (presented) {
      const time = timestamp(payload.subarray(9));
      if (kind === "video" && decoded && this.times.video.length === 0) {
        this.decodeDelay = (time - timestamp(payload.subarray(14)) + TIMESTAMP_MODULUS) % TIMESTAMP_MODULUS;
      }
      this.times[kind].push(this.unwrapped(kind, time));
    }
    return payload.subarray(9 + payload[8]!);
  }

  /** A 33-bit clock wraps after 26.5 hours: times of a segment are told as if it went on. */
  private unwrapped(kind: "video" | "audio", time: number): number {
    const first = this.times[kind][0];
    return first !== undefined && first - time > TIMESTAMP_MODULUS / 2 ? time + TIMESTAMP_MODULUS : time;
  }

  result(): SegmentScan {
    const { video, audio } = this.times;
    if (video.length + audio.length === 0) throw new MediaError(`${this.name} holds no H.264, HEVC or AAC track`);
    const facts = this.adts.facts();
    if (audio.length > 0 && !facts) throw new MediaError(`${this.name} holds audio that is not AAC in ADTS`);
    return {
      ...(video.length > 0 && {
        video: {
          start: Math.min(...video),
          last: Math.max(...video),
          decodeDelay: this.decodeDelay,
          frames: video.length,
          bytes: this.bytes.video,
        },
      }),
      ...(facts && audio.length > 0 && { audio: { start: audio[0]!, bytes: this.bytes.audio, ...facts } }),
    };
  }
}

function programMapOf(payload: Uint8Array): number {
  const section = payload.subarray(1 + payload[0]!);
  return ((section[10]! & 0x1f) << 8) | section[11]!;
}

function timestamp(field: Uint8Array): number {
  const high = (field[0]! >> 1) & 0x07;
  const middle = (field[1]! << 7) | (field[2]! >> 1);
  const low = (field[3]! << 7) | (field[4]! >> 1);
  return high * 2 ** 30 + middle * 2 ** 15 + low;
}
