import { type HttpResponse, json, problem } from "../shared/http";
import { addressed, describeUpload, UPLOAD_NOT_FOUND } from "./answer";
import type { Deps, ProducerRequest } from "./deps";
import { missingParts, partSizeFor, partsOf } from "./parts";
import type { UploadName } from "./upload-id";

/** `?size=`: which parts of the file are there, and where to put the next ones. */
export async function resumeUpload(deps: Deps, { query }: ProducerRequest, upload: UploadName): Promise<HttpResponse> {
  const { maximumBytes } = deps.settings;
  const size = sizeOf(query.size, maximumBytes);
  if (size === undefined) return sizeInvalid(maximumBytes);
  const received = await deps.uploads.received(upload);
  if (!received) return UPLOAD_NOT_FOUND;
  const missing = missingParts(partsOf(size, partSizeFor(maximumBytes)), received);
  return json(200, {
    ...describeUpload(deps, upload),
    size,
    received: received.map(({ number, size: bytes }) => ({ number, size: bytes })),
    ...(await addressed(deps, upload, missing)),
  });
}

/** The file's bytes, as the client says them: S3 keeps no such record. */
export function sizeOf(value: unknown, maximumBytes: number): number | undefined {
  const size = typeof value === "string" && /^\d{1,16}$/.test(value) ? Number(value) : value;
  return typeof size === "number" && Number.isInteger(size) && size >= 1 && size <= maximumBytes ? size : undefined;
}

export function sizeInvalid(maximumBytes: number): HttpResponse {
  return problem(400, "SIZE_INVALID", `size must be the file's bytes, a whole number from 1 to ${maximumBytes}.`);
}
