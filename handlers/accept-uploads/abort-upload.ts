import { type HttpResponse, json } from "../shared/http";
import { UPLOAD_NOT_FOUND } from "./answer";
import type { Deps, ProducerRequest } from "./deps";
import { encodeUploadId, type UploadName } from "./upload-id";

/** Throws the parts away; one that nobody aborts is swept by the bucket's lifecycle rule. */
export async function abortUpload(deps: Deps, _: ProducerRequest, upload: UploadName): Promise<HttpResponse> {
  if (!(await deps.uploads.abort(upload))) return UPLOAD_NOT_FOUND;
  deps.log("UPLOAD_ABORTED", { key: upload.key });
  return json(200, { uploadId: encodeUploadId(upload) });
}
