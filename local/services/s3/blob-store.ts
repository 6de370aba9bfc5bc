import { createHash } from "node:crypto";
import { closeSync, createReadStream, createWriteStream, mkdirSync, openSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { Transform, type Readable, type TransformCallback } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createChecksum, type Checksum, type ChecksumName } from "../../gateway/checksum";
import { diskError } from "../disk-error";
import type { ObjectChecksum } from "./version";

/** Bytes on disk that nothing refers to yet. */
export interface Blob {
  readonly name: string;
  readonly size: number;
  /** Hexadecimal. */
  readonly md5: string;
  readonly checksum?: ObjectChecksum;
}

/** Inclusive offsets, as in a Range header. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Files of bytes that never change once written, under random names. What a killed process was writing is referred
 * to by no index, and {@link sweep} takes it away.
 */
export class BlobStore {
  constructor(
    private readonly directory: string,
    private readonly random: (bytes: number) => Buffer,
  ) {
    mkdirSync(directory, { recursive: true });
  }

  /** Streams to a new file in constant memory; leaves nothing behind when the body fails. */
  async write(body: Readable | Iterable<Buffer>, checksum?: ChecksumName): Promise<Blob> {
    const name = this.random(16).toString("hex");
    const file = this.path(name);
    const meter = new Meter(checksum);
    try {
      mkdirSync(join(this.directory, name.slice(0, 2)), { recursive: true });
      await pipeline(body, meter, createWriteStream(file, { flags: "wx", highWaterMark: 1 << 20 }));
    } catch (error) {
      rmSync(file, { force: true });
      throw diskError(error, this.directory);
    }
    return { name, ...meter.result() };
  }

  /** The file is opened at once, so that a later removal does not disturb the reader. */
  read(name: string, range?: ByteRange): Readable {
    const fd = openSync(this.path(name), "r");
    try {
      return createReadStream("", { fd, start: range?.start, end: range?.end, highWaterMark: 1 << 18 });
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  }

  path(name: string): string {
    return join(this.directory, name.slice(0, 2), name);
  }

  remove(name: string): void {
    rmSync(this.path(name), { force: true });
  }

  /** Removes every file that is not among `used`. */
  sweep(used: ReadonlySet<string>): void {
    for (const prefix of readdirSync(this.directory)) {
      for (const name of readdirSync(join(this.directory, prefix))) if (!used.has(name)) this.remove(name);
    }
  }
}

/** Counts and hashes what passes. */
class Meter extends Transform {
  private size = 0;
  private readonly md5 = createHash("md5");
  private readonly checksum?: Checksum;

  constructor(private readonly name?: ChecksumName) {
    super({ highWaterMark: 1 << 18 });
    this.checksum = name && createChecksum(name);
  }

  override _transform(data: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.size += data.length;
    this.md5.update(data);
    this.checksum?.update(data);
    done(null, data);
  }

  result(): Omit<Blob, "name"> {
    const checksum = this.name && this.checksum && { name: this.name, value: this.checksum.digest() };
    return { size: this.size, md5: this.md5.digest("hex"), ...(checksum ? { checksum } : {}) };
  }
}
