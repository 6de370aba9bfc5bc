export interface Box {
  readonly type: string;
  /** Offsets into the buffer: of the header, of the body, and behind the box. */
  readonly start: number;
  readonly body: number;
  readonly end: number;
}

const CONTAINERS = new Set(["moov", "trak", "mdia", "moof", "traf"]);

/** Every box of an ISO media file at the top and inside the usual containers, outer before inner (ISO/IEC 14496-12, 4.2). */
export function* walkBoxes(buffer: Buffer, start = 0, end = buffer.length): Generator<Box> {
  let at = start;
  while (at + 8 <= end) {
    const short = buffer.readUInt32BE(at);
    const size = short === 1 ? Number(buffer.readBigUInt64BE(at + 8)) : short;
    if (size < 8 || at + size > end) throw new Error(`damaged box at byte ${at}: size ${size} of ${end - at}`);
    const type = buffer.toString("latin1", at + 4, at + 8);
    const body = at + (short === 1 ? 16 : 8);
    yield { type, start: at, body, end: at + size };
    if (CONTAINERS.has(type)) yield* walkBoxes(buffer, body, at + size);
    at += size;
  }
}

/** A box with its header. */
export function box(type: string, ...parts: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + parts.reduce((sum, part) => sum + part.length, 0));
  header.write(type, 4, "latin1");
  return Buffer.concat([header, ...parts]);
}

/** The version and flags that open a "full box", then 32-bit fields (negative ones as two's complement). */
export function fields(version: number, flags: number, ...values: readonly number[]): Buffer {
  const result = Buffer.alloc(4 + 4 * values.length);
  result.writeUInt32BE(version * 2 ** 24 + flags);
  values.forEach((value, index) => result.writeInt32BE(value | 0, 4 + 4 * index));
  return result;
}
