import { AwsError } from "../../kernel/aws-service";
import type { Part } from "./upload-store";

/** Bytes of every part but the last, at least (https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html). */
const SMALLEST_PART = 5 * 1024 * 1024;

/** A part as CompleteMultipartUpload names it. */
export interface NamedPart {
  readonly number: number;
  /** Without quotes. */
  readonly etag: string;
}

/** The stored parts that an upload is completed with. Throws `InvalidPartOrder`, `InvalidPart` or `EntityTooSmall`. */
export function chooseParts(stored: readonly Part[], named: readonly NamedPart[]): Part[] {
  if (named.some(({ number }, index) => index > 0 && number <= named[index - 1]!.number)) {
    throw new AwsError(
      "InvalidPartOrder",
      "The list of parts was not in ascending order. The parts list must be specified in order by part number.",
      400,
    );
  }
  const chosen = named.map(({ number, etag }) => {
    const part = stored.find((each) => each.number === number);
    if (part?.blob.md5 === etag) return part;
    throw new AwsError(
      "InvalidPart",
      `One or more of the specified parts could not be found: part ${number}. It may not have been uploaded, or its ETag is another.`,
      400,
    );
  });
  const small = chosen.slice(0, -1).find(({ blob }) => blob.size < SMALLEST_PART);
  if (!small) return chosen;
  throw new AwsError(
    "EntityTooSmall",
    `Your proposed upload is smaller than the minimum allowed size: part ${small.number} has ${small.blob.size} bytes, at least ${SMALLEST_PART} are needed`,
    400,
  );
}
