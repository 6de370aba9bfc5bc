import { type HttpRequest, type HttpResponse, jsonBody, problem, readHttpRequest } from "../shared/http";
import { cameThroughEdge, NOT_THROUGH_EDGE } from "../shared/origin-secret";
import { abortUpload } from "./abort-upload";
import { UPLOAD_NOT_FOUND } from "./answer";
import { completeUpload } from "./complete-upload";
import { UPLOAD_ROUTES } from "./contract";
import type { Deps, ProducerRequest } from "./deps";
import { listUploads } from "./list-uploads";
import { mayWrite, type Producer, producerOf } from "./producer";
import { resumeUpload } from "./resume-upload";
import { startUpload } from "./start-upload";
import { decodeUploadId, type UploadName } from "./upload-id";

/** Presigned multipart uploads of mezzanines and captions: the files go to S3, only words pass here. */
export const makeHandler =
  (deps: Deps) =>
  async (event: unknown): Promise<HttpResponse> => {
    const request = readHttpRequest(event);
    const { settings, log } = deps;
    if (!cameThroughEdge(request, settings.originSecret)) {
      log("ORIGIN_SECRET_WRONG");
      return NOT_THROUGH_EDGE;
    }
    const { sub } = request.claims;
    if (typeof sub !== "string" || sub === "") {
      return problem(401, "UNAUTHENTICATED", "Send a bearer token that names somebody (claim sub).");
    }
    const producer = producerOf(request.claims, settings.groupsClaim, settings.uploadPrefix);
    if (!producer) {
      log("UPLOAD_REFUSED", { reason: "ROLE_REQUIRED" });
      return problem(403, "ROLE_REQUIRED", "Uploading takes the role of a producer or an editor.");
    }
    const body = jsonBody(request);
    if (!body.ok) return problem(400, "BODY_INVALID", body.problem);
    return dispatch(deps, request, { producer, query: request.query, body: body.value });
  };

/** By the route that the API matched, so that no path is read twice. */
function dispatch(deps: Deps, { route, path }: HttpRequest, request: ProducerRequest): Promise<HttpResponse> {
  if (route === UPLOAD_ROUTES.start_upload) return startUpload(deps, request);
  if (route === UPLOAD_ROUTES.list_uploads) return listUploads(deps, request);
  const upload = uploadOf(deps, request.producer, path.uploadId);
  // One answer for what is not there and what is somebody else's.
  if (!upload) return Promise.resolve(UPLOAD_NOT_FOUND);
  if (route === UPLOAD_ROUTES.resume_upload) return resumeUpload(deps, request, upload);
  if (route === UPLOAD_ROUTES.complete_upload) return completeUpload(deps, request, upload);
  if (route === UPLOAD_ROUTES.abort_upload) return abortUpload(deps, request, upload);
  return Promise.resolve(problem(404, "NOT_FOUND", "There is no such address."));
}

function uploadOf({ settings }: Deps, producer: Producer, id: string | undefined): UploadName | undefined {
  const upload = id === undefined ? undefined : decodeUploadId(id);
  return upload && mayWrite(producer, upload.key, settings.uploadPrefix) ? upload : undefined;
}
