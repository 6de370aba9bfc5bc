import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { PassThrough, Readable, Transform, type TransformCallback } from "node:stream";
import { AwsError } from "../kernel/aws-service";
import { AwsChunkedDecoder } from "./aws-chunked";
import { sha256Hex } from "./canonical-request";
import type { ChunkVerifier } from "./signature-v4";

/** JSON protocols have small payloads; DynamoDB's 16 MB (BatchWriteItem) is the largest. */
const LARGEST_BUFFERED = 20 * 1024 * 1024;

const UNSIGNED = "UNSIGNED-PAYLOAD";
const SIGNED_CHUNKS = ["STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"];
const UNSIGNED_CHUNKS = "STREAMING-UNSIGNED-PAYLOAD-TRAILER";

/** A request's payload: what its signature must cover, and the stream once the signature is verified. */
export interface Payload {
  readonly hash: string;
  open(chunks: ChunkVerifier): Readable;
}

/** S3's payloads are streamed and name their hash in a header. */
export function streamedPayload(request: IncomingMessage, presigned: boolean): Payload {
  const declared = request.headers["x-amz-content-sha256"];
  // The hash of a presigned address is fixed before there is a body.
  const hash = presigned ? UNSIGNED : declared;
  if (typeof hash !== "string") {
    throw new AwsError(
      "MissingSecurityHeader",
      "Your request was missing a required header: x-amz-content-sha256",
      400,
    );
  }
  return { hash, open: (chunks) => guarded(request, transformFor(request, String(declared ?? UNSIGNED), chunks)) };
}

function transformFor(request: IncomingMessage, hash: string, chunks: ChunkVerifier): Transform {
  if (hash === UNSIGNED) return new PassThrough();
  if (hash === UNSIGNED_CHUNKS) return new AwsChunkedDecoder(chunkedOptions(request));
  if (SIGNED_CHUNKS.includes(hash)) return new AwsChunkedDecoder({ ...chunkedOptions(request), verifier: chunks });
  if (/^[0-9a-f]{64}$/.test(hash)) return new HashCheck(hash);
  throw new AwsError(
    "InvalidArgument",
    `x-amz-content-sha256 must be ${[UNSIGNED, UNSIGNED_CHUNKS, ...SIGNED_CHUNKS].join(", ")} or a SHA-256 in hexadecimal, got ${hash}`,
    400,
  );
}

function chunkedOptions({ headers }: IncomingMessage): { decodedLength?: number; trailers: string[] } {
  const length = headers["x-amz-decoded-content-length"];
  const trailers = String(headers["x-amz-trailer"] ?? "").split(",");
  return {
    decodedLength: length === undefined ? undefined : Number(length),
    trailers: trailers.map((name) => name.trim().toLowerCase()).filter((name) => name !== ""),
  };
}

/** Every other service signs the hash of the whole payload, which its clients need not send: read it first. */
export async function bufferedPayload(request: IncomingMessage): Promise<Payload> {
  const body = await readWhole(request);
  const unsigned = request.headers["x-amz-content-sha256"] === UNSIGNED;
  return { hash: unsigned ? UNSIGNED : sha256Hex(body), open: () => Readable.from(body.length > 0 ? [body] : []) };
}

async function readWhole(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      length += part.length;
      if (length <= LARGEST_BUFFERED) parts.push(part);
    }
  } catch {
    throw clientGone();
  }
  if (length <= LARGEST_BUFFERED) return Buffer.concat(parts);
  throw new AwsError(
    "RequestEntityTooLarge",
    `The request's body must be at most ${LARGEST_BUFFERED} bytes, got ${length}`,
    413,
  );
}

/** The payload of a request that nobody signed. */
export function plainPayload(request: IncomingMessage): Readable {
  return guarded(request, new PassThrough());
}

/**
 * Pipes without `pipeline`, which would cut the connection when a service answers before it has read everything;
 * a client that goes away in mid-body still ends the stream with an error.
 */
function guarded(request: IncomingMessage, transform: Transform): Readable {
  // Whoever reads gets the error; where nobody reads it must not end the process.
  transform.on("error", () => request.unpipe(transform));
  request.on("error", () => transform.destroy(clientGone()));
  request.on("close", () => {
    if (!request.complete) transform.destroy(clientGone());
  });
  return request.pipe(transform);
}

/** Nobody is there to read it; it ends the work that was begun. */
function clientGone(): AwsError {
  return new AwsError("RequestTimeout", "The client closed the connection before its request was whole.", 400);
}

class HashCheck extends Transform {
  private readonly hash = createHash("sha256");

  constructor(private readonly expected: string) {
    super();
  }

  override _transform(data: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.hash.update(data);
    done(null, data);
  }

  override _flush(done: TransformCallback): void {
    if (this.hash.digest("hex") === this.expected) return done();
    done(
      new AwsError(
        "XAmzContentSHA256Mismatch",
        "The provided 'x-amz-content-sha256' header does not match what was computed.",
        400,
      ),
    );
  }
}
