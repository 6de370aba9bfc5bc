import { createHash, type Hash } from "node:crypto";
import { Transform, type TransformCallback } from "node:stream";
import { AwsError } from "../kernel/aws-service";
import { sha256Hex } from "./canonical-request";
import { CHECKSUMS, createChecksum, type Checksum } from "./checksum";
import type { ChunkVerifier } from "./signature-v4";

export interface AwsChunkedOptions {
  /** Bytes of payload that `x-amz-decoded-content-length` promised. */
  readonly decodedLength?: number;
  /** Names in the `x-amz-trailer` header; a checksum among them is verified. */
  readonly trailers?: readonly string[];
  /** For payloads signed chunk by chunk. */
  readonly verifier?: ChunkVerifier;
}

/** Longer than any chunk header or trailer that AWS describes. */
const LONGEST_LINE = 16 * 1024;

/**
 * Removes `aws-chunked` framing (https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html) and verifies
 * length, chunk signatures and trailing checksum. Fails with `IncompleteBody`, `SignatureDoesNotMatch`, `BadDigest`
 * or `InvalidChunkSizeError`; whoever reads it must drop what was read when it fails, since errors come last.
 */
export class AwsChunkedDecoder extends Transform {
  private state: "header" | "data" | "data-end" | "trailers" | "done" = "header";
  private line = Buffer.alloc(0);
  private left = 0;
  private length = 0;
  private chunkHash?: Hash;
  private chunkSignature = "";
  private readonly trailers = new Map<string, string>();
  private readonly checksums: { readonly header: string; readonly checksum: Checksum }[];

  constructor(private readonly options: AwsChunkedOptions = {}) {
    super();
    this.checksums = CHECKSUMS.map((name) => ({ header: `x-amz-checksum-${name}`, name }))
      .filter(({ header }) => options.trailers?.includes(header))
      .map(({ header, name }) => ({ header, checksum: createChecksum(name) }));
  }

  override _transform(data: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      let rest = data;
      while (rest.length > 0) rest = this.state === "data" ? this.takeData(rest) : this.takeLine(rest);
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    try {
      if (this.state !== "done") throw incomplete("the body ended before its last chunk");
      const { decodedLength } = this.options;
      if (decodedLength !== undefined && decodedLength !== this.length) {
        throw incomplete(`x-amz-decoded-content-length is ${decodedLength}, got ${this.length} bytes`);
      }
      this.checkTrailers();
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  private takeData(data: Buffer): Buffer {
    const part = data.subarray(0, this.left);
    this.left -= part.length;
    this.length += part.length;
    this.chunkHash?.update(part);
    for (const { checksum } of this.checksums) checksum.update(part);
    this.push(part);
    if (this.left === 0) this.state = "data-end";
    return data.subarray(part.length);
  }

  private takeLine(data: Buffer): Buffer {
    const end = data.indexOf(0x0a);
    this.line = Buffer.concat([this.line, end < 0 ? data : data.subarray(0, end)]);
    if (this.line.length > LONGEST_LINE) throw malformed(`a line of the framing is over ${LONGEST_LINE} bytes`);
    if (end < 0) return data.subarray(data.length);
    const text = this.line.toString("latin1").replace(/\r$/, "");
    this.line = Buffer.alloc(0);
    this.acceptLine(text);
    return data.subarray(end + 1);
  }

  private acceptLine(text: string): void {
    if (this.state === "header") this.acceptHeader(text);
    else if (this.state === "data-end") this.endChunk(text);
    else if (this.state === "trailers") this.acceptTrailer(text);
    else if (text.trim() !== "") throw malformed("data follows the last chunk");
  }

  private acceptHeader(text: string): void {
    const [, size, signature = ""] = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(text) ?? [];
    if (size === undefined) throw malformed("a chunk does not begin with its size in hexadecimal");
    this.left = parseInt(size, 16);
    this.chunkSignature = signature;
    this.chunkHash = this.options.verifier ? createHash("sha256") : undefined;
    if (this.left > 0) {
      this.state = "data";
    } else {
      this.verifyChunk();
      this.state = "trailers";
    }
  }

  private endChunk(text: string): void {
    if (text !== "") throw malformed("a chunk is longer than its size says");
    this.verifyChunk();
    this.state = "header";
  }

  private verifyChunk(): void {
    const { verifier } = this.options;
    if (verifier && !verifier.chunk(this.chunkHash!.digest("hex"), this.chunkSignature)) {
      throw new AwsError("SignatureDoesNotMatch", "The signature of a chunk of the body does not match.", 403);
    }
  }

  private acceptTrailer(text: string): void {
    if (text === "") {
      this.state = "done";
      return;
    }
    const colon = text.indexOf(":");
    if (colon < 0) throw malformed("a trailer has no colon");
    this.trailers.set(text.slice(0, colon).trim().toLowerCase(), text.slice(colon + 1).trim());
  }

  private checkTrailers(): void {
    const { verifier, trailers = [] } = this.options;
    if (verifier && trailers.length > 0) {
      const text = trailers.map((name) => `${name}:${this.trailers.get(name) ?? ""}\n`).join("");
      if (!verifier.trailer(sha256Hex(text), this.trailers.get("x-amz-trailer-signature") ?? "")) {
        throw new AwsError("SignatureDoesNotMatch", "The signature of the trailers does not match.", 403);
      }
    }
    for (const { header, checksum } of this.checksums) {
      if (this.trailers.get(header) !== checksum.digest()) {
        throw new AwsError("BadDigest", `The ${header} you specified did not match the calculated checksum.`, 400);
      }
    }
  }
}

function incomplete(detail: string): AwsError {
  return new AwsError(
    "IncompleteBody",
    `You did not provide the number of bytes specified by the Content-Length HTTP header: ${detail}.`,
    400,
  );
}

function malformed(detail: string): AwsError {
  return new AwsError("InvalidChunkSizeError", `The aws-chunked body is malformed: ${detail}.`, 400);
}
