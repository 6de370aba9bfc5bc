/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const MOST_PARTS = 10_000;
const MEBIBYTE = 1024 * 1024;

/** Small enough that a lost connection costs little, above S3's least of 5 MiB. */
const USUAL_PART = 8 * MEBIBYTE;

/** A stretch of the file. */
export interface Part {
  /** From 1. */
  readonly number: number;
  /** Bytes. */
  readonly size: number;
}

/**
 * Bytes of every part but the last: the same for all files of an environment, so that an upload is resumed without a
 * record of how it was cut, and as many as the largest file needs.
 */
export function partSizeFor(maximumBytes: number): number {
  return Math.max(USUAL_PART, MEBIBYTE * Math.ceil(maximumBytes / MOST_PARTS / MEBIBYTE));
}

export function partsOf(size: number, partSize: number): Part[] {
  const count = Math.ceil(size / partSize);
  return Array.from({ length: count }, (_, index) => ({
    number: index + 1,
    size: Math.min(partSize, size - index * partSize),
  }));
}

/** What is still to come; a part of another size is of another file, and counts as missing. */
export function missingParts(wanted: readonly Part[], received: readonly Part[]): Part[] {
  const sizes = new Map(received.map(({ number, size }) => [number, size]));
  return wanted.filter(({ number, size }) => sizes.get(number) !== size);
}
