import { AwsError } from "../../kernel/aws-service";
import type { ByteRange } from "./blob-store";
import type { ObjectVersion } from "./version";

/** The one range a Range header asks for; undefined for what S3 answers with the whole object (several, or none it knows). */
export function parseRange(value: string | undefined, size: number): ByteRange | undefined {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(value?.trim() ?? "") ?? [];
  if (first === "" && last === "") return undefined;
  if (first === "") return satisfiable({ start: Math.max(0, size - Number(last)), end: size - 1 }, size);
  if (last !== "" && Number(last) < Number(first)) return undefined;
  return satisfiable({ start: Number(first), end: last === "" ? size - 1 : Math.min(Number(last), size - 1) }, size);
}

function satisfiable(range: ByteRange, size: number): ByteRange {
  if (range.start < size && range.start <= range.end) return range;
  throw new AwsError("InvalidRange", `The requested range is not satisfiable: the object has ${size} bytes`, 416);
}

/** Where a part of a multipart upload stands in its object; an object of one piece is its own part 1. */
export function partRange({ parts, size }: ObjectVersion, number: string): ByteRange {
  const sizes = parts ?? [size];
  const index = Number(number) - 1;
  const length = sizes[index];
  if (length === undefined) {
    throw new AwsError(
      "InvalidPartNumber",
      `The requested partnumber is not satisfiable: 1 to ${sizes.length}, got ${number}`,
      416,
    );
  }
  const start = sizes.slice(0, index).reduce((sum, each) => sum + each, 0);
  return { start, end: start + length - 1 };
}
