import { Readable } from "node:stream";
import type { OriginResponse } from "./origin-fetch";

/** The whole body where it has at most `limit` bytes, else a stream of it from the first byte. */
export async function bufferUpTo(response: OriginResponse, limit: number): Promise<Buffer | Readable> {
  if (Number(response.headers["content-length"] ?? 0) > limit) return response.body;
  const chunks: Buffer[] = [];
  let size = 0;
  const source = response.body[Symbol.asyncIterator]() as AsyncIterator<Buffer, undefined>;
  for (;;) {
    const { done, value } = await source.next();
    if (done) return Buffer.concat(chunks);
    chunks.push(value);
    size += value.length;
    if (size > limit) return Readable.from(rest(chunks, source));
  }
}

async function* rest(chunks: readonly Buffer[], source: AsyncIterator<Buffer, undefined>): AsyncGenerator<Buffer> {
  yield* chunks;
  for (;;) {
    const { done, value } = await source.next();
    if (done) return;
    yield value;
  }
}
