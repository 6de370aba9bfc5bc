/** Transport stream packets made by hand, to test the reading of times without an encoder. */
export interface SyntheticSegment {
  /** [presentation, decoding] times of the pictures, 90 kHz, in decoding order. */
  readonly video?: readonly (readonly [number, number?])[];
  /** Presentation times of audio packets, each with `framesEach` AAC frames of 48 kHz stereo. */
  readonly audio?: readonly number[];
  readonly framesEach?: number;
  readonly extraStreamTypes?: readonly number[];
}

const VIDEO = 0x100;
const AUDIO = 0x101;

export function syntheticStream({
  video = [],
  audio = [],
  framesEach = 1,
  extraStreamTypes = [],
}: SyntheticSegment): Buffer {
  const streams = [...(video.length ? [[0x1b, VIDEO]] : []), ...(audio.length ? [[0x0f, AUDIO]] : [])];
  const table = [...streams, ...extraStreamTypes.map((type, index) => [type, 0x110 + index])] as [number, number][];
  return Buffer.concat([
    packet(0, Buffer.concat([Buffer.from([0]), section(0, Buffer.from([0, 1, 0xe0 | 0x10, 0x00]))])),
    packet(0x1000, Buffer.concat([Buffer.from([0]), section(2, programMap(table))])),
    ...video.map(([pts, dts]) => packet(VIDEO, pes(0xe0, pts, dts, Buffer.alloc(20, 1)))),
    ...audio.map((pts) =>
      packet(AUDIO, pes(0xc0, pts, undefined, Buffer.concat(Array<Buffer>(framesEach).fill(adtsFrame())))),
    ),
  ]);
}

/** An ADTS frame of 17 bytes: AAC-LC, 48 kHz, stereo. */
function adtsFrame(): Buffer {
  return Buffer.concat([
    Buffer.from([0xff, 0xf1, 0x4c, 0x80, 17 >> 3, ((17 & 7) << 5) | 0x1f, 0xfc]),
    Buffer.alloc(10),
  ]);
}

function programMap(table: readonly [number, number][]): Buffer {
  const rows = table.map(([type, id]) => [type, 0xe0 | (id >> 8), id & 0xff, 0xf0, 0]);
  return Buffer.from([0xe0 | (VIDEO >> 8), VIDEO & 0xff, 0xf0, 0, ...rows.flat()]);
}

function section(tableId: number, body: Buffer): Buffer {
  const length = 5 + body.length + 4;
  return Buffer.concat([
    Buffer.from([tableId, 0xb0 | (length >> 8), length & 0xff, 0, 1, 0xc1, 0, 0]),
    body,
    Buffer.alloc(4),
  ]);
}

function pes(streamId: number, pts: number, dts: number | undefined, data: Buffer): Buffer {
  const times = dts === undefined ? clock(2, pts) : Buffer.concat([clock(3, pts), clock(1, dts)]);
  const header = Buffer.from([0, 0, 1, streamId, 0, 0, 0x80, dts === undefined ? 0x80 : 0xc0, times.length]);
  return Buffer.concat([header, times, data]);
}

function clock(prefix: number, time: number): Buffer {
  const part = (shift: number, mask: number) => Math.floor(time / 2 ** shift) & mask;
  return Buffer.from([
    (prefix << 4) | (part(30, 7) << 1) | 1,
    part(22, 0xff),
    (part(15, 0x7f) << 1) | 1,
    part(7, 0xff),
    (part(0, 0x7f) << 1) | 1,
  ]);
}

/** One packet, filled up by an adaptation field. */
function packet(id: number, payload: Buffer): Buffer {
  const stuffing = 184 - payload.length;
  const field =
    stuffing === 0 ? [] : stuffing === 1 ? [0] : [stuffing - 1, 0, ...Array<number>(stuffing - 2).fill(0xff)];
  return Buffer.from([0x47, 0x40 | (id >> 8), id & 0xff, field.length > 0 ? 0x30 : 0x10, ...field, ...payload]);
}
