import { box, fields, walkBoxes, type Box } from "./cmaf-boxes";

/** One sample's time, in units of the track's timescale. */
export interface SampleTime {
  /** Media time of presentation. */
  readonly presented: number;
  readonly isKey: boolean;
}

export interface FragmentTiming {
  /** In decoding order. */
  readonly samples: readonly SampleTime[];
  /** Media time at which the next segment's presentation begins. */
  readonly end: number;
  readonly decodeDelay: number;
  /** 1 for the first. */
  readonly sequence: number;
}

/** ISO/IEC 14496-12, 8.8.3.1: depends on no other sample; or depends on others and is no sync sample. */
const KEY = 0x02000000;
const DELTA = 0x01010000;

const DEFAULT_BASE_IS_MOOF = 0x020000;
const DATA_OFFSET = 0x01;
const DURATION_SIZE_FLAGS = 0x0700;
const COMPOSITION_OFFSET = 0x0800;
const HEADERS_WITH_CLOCK: Readonly<Record<string, number>> = { mvhd: 4, tkhd: 8, mdhd: 4 };

/**
 * Writes a media segment's timing anew, in whole units of the track's timescale: a muxer that is given one segment
 * at a time does not know when its first sample is decoded, nor how long its last one lasts.
 *
 * @param segment one fragment with one track (`styp`, `moof`, `mdat`), samples in decoding order
 */
export function retimeFragment(segment: Buffer, { samples, end, decodeDelay, sequence }: FragmentTiming): Buffer {
  const found = new Map([...walkBoxes(segment)].map((entry) => [entry.type, entry]));
  const [styp, tfhd, trun, mdat] = ["styp", "tfhd", "trun", "mdat"].map((type) => found.get(type)) as [
    Box,
    Box,
    Box,
    Box,
  ];
  const sizes = sampleSizes(segment, tfhd, trun);
  // Decoded in order, one each time that one is presented: the pictures' own times, sorted.
  const decoded = samples.map(({ presented }) => presented).sort((a, b) => a - b);
  const offsets = samples.map(({ presented }, index) => presented - decoded[index]! + decodeDelay);
  const reordered = offsets.some((offset) => offset !== 0);
  const rows = samples.flatMap(({ isKey }, index) => [
    (decoded[index + 1] ?? end) - decoded[index]!,
    sizes[index]!,
    isKey ? KEY : DELTA,
    ...(reordered ? [offsets[index]!] : []),
  ]);
  const decodeTime = Buffer.alloc(8);
  decodeTime.writeBigUInt64BE(BigInt(decoded[0]! - decodeDelay));
  const flags = DATA_OFFSET | DURATION_SIZE_FLAGS | (reordered ? COMPOSITION_OFFSET : 0);
  const moof = (dataOffset: number) =>
    box(
      "moof",
      box("mfhd", fields(0, 0, sequence)),
      box(
        "traf",
        box("tfhd", fields(0, DEFAULT_BASE_IS_MOOF, segment.readUInt32BE(tfhd.body + 4))),
        box("tfdt", fields(1, 0), decodeTime),
        box("trun", fields(1, flags, samples.length, dataOffset, ...rows)),
      ),
    );
  const dataOffset = moof(0).length + (mdat.body - mdat.start);
  return Buffer.concat([
    segment.subarray(styp.start, styp.end),
    moof(dataOffset),
    segment.subarray(mdat.start, mdat.end),
  ]);
}

/**
 * The same init segment for every segment of a rendition and for every run: no time of writing, and no duration
 * (what a fragmented file's headers say of the segment that happened to come first).
 * Fields as in ISO/IEC 14496-12, 8.2.2, 8.3.2 and 8.4.2.
 */
export function normaliseInit(init: Buffer): Buffer {
  const result = Buffer.from(init);
  for (const { type, body } of walkBoxes(result)) {
    const beforeDuration = HEADERS_WITH_CLOCK[type];
    if (beforeDuration === undefined) continue;
    const width = result[body] === 1 ? 8 : 4;
    const times = body + 4;
    const duration = times + 2 * width + beforeDuration;
    result.fill(0, times, times + 2 * width).fill(0, duration, duration + width);
  }
  return result;
}

/** Sizes from the track run, or the fragment's default when all are the same (8.8.7, 8.8.8). */
function sampleSizes(segment: Buffer, tfhd: Box, trun: Box): number[] {
  const header = segment.readUInt32BE(trun.body);
  const count = segment.readUInt32BE(trun.body + 4);
  const has = (flag: number) => (header & flag) !== 0;
  if (!has(0x200)) return Array<number>(count).fill(defaultSize(segment, tfhd));
  const columns = [0x100, 0x200, 0x400, 0x800].filter(has);
  const rows = trun.body + 8 + (has(0x01) ? 4 : 0) + (has(0x04) ? 4 : 0);
  const column = columns.indexOf(0x200);
  return Array.from({ length: count }, (_, index) =>
    segment.readUInt32BE(rows + 4 * (index * columns.length + column)),
  );
}

function defaultSize(segment: Buffer, tfhd: Box): number {
  const flags = segment.readUInt32BE(tfhd.body);
  const before = (flags & 0x01 ? 8 : 0) + (flags & 0x02 ? 4 : 0) + (flags & 0x08 ? 4 : 0);
  return flags & 0x10 ? segment.readUInt32BE(tfhd.body + 8 + before) : 0;
}
