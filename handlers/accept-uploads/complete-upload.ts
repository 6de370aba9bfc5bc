import { type HttpResponse, json, problem } from "../shared/http";
import { describeUpload, UPLOAD_NOT_FOUND } from "./answer";
import type { Deps, ProducerRequest } from "./deps";
import { missingParts, type Part, partSizeFor, partsOf } from "./parts";
import { sizeInvalid, sizeOf } from "./resume-upload";
import type { UploadName } from "./upload-id";

/** Numbers of missing parts that an answer names. */
const MOST_NAMED = 20;

/** `{size}`: the parts become the file, which starts its job. Asked again, because the answer was lost, it says so again. */
export async function completeUpload(deps: Deps, { body }: ProducerRequest, upload: UploadName): Promise<HttpResponse> {
  const { uploads, settings, log } = deps;
  const size = sizeOf(body.size, settings.maximumBytes);
  if (size === undefined) return sizeInvalid(settings.maximumBytes);
  const wanted = partsOf(size, partSizeFor(settings.maximumBytes));
  const stored = (): HttpResponse => json(200, { ...describeUpload(deps, upload), size });
  const received = await uploads.received(upload);
  if (received) {
    const missing = missingParts(wanted, received);
    if (missing.length > 0) return incomplete(missing);
    // Parts past the end, of an earlier file, are left out and so thrown away.
    if (await uploads.complete(upload, received.slice(0, wanted.length))) {
      log("UPLOAD_COMPLETED", { key: upload.key, bytes: size, parts: wanted.length });
      return stored();
    }
  }
  return (await uploads.isStored(upload.key, size, wanted.length)) ? stored() : UPLOAD_NOT_FOUND;
}

function incomplete(missing: readonly Part[]): HttpResponse {
  const numbers = missing.slice(0, MOST_NAMED).map(({ number }) => number);
  const more = missing.length > numbers.length ? ` and ${missing.length - numbers.length} more` : "";
  return problem(409, "UPLOAD_INCOMPLETE", `These parts of the file are missing: ${numbers.join(", ")}${more}.`);
}
