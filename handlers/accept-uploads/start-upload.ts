import { ASSET_ID } from "../shared/asset-id";
import { type HttpResponse, json, problem } from "../shared/http";
import { ok, refused, type Result } from "../shared/result";
import { addressed, describeUpload } from "./answer";
import { suffixOf, type UploadFile, uploadFile } from "./file";
import type { Deps, ProducerRequest } from "./deps";
import { partSizeFor, partsOf } from "./parts";
import { mayWrite, type Producer } from "./producer";

/**
 * `{name, size, type?, replaces?}` -> where to put the parts. The same name of the same producer is a new version of
 * the same title; `replaces` names a title whose mezzanine the file takes the place of, whatever it is called.
 */
export async function startUpload(deps: Deps, { producer, body }: ProducerRequest): Promise<HttpResponse> {
  const { uploads, settings, log } = deps;
  const file = uploadFile(body, settings.maximumBytes);
  if (!file.ok) {
    const { status, code, message } = file.problem;
    log("UPLOAD_REFUSED", { reason: code });
    return problem(status, code, message);
  }
  const { size, contentType } = file.value;
  const key = await keyFor(deps, producer, file.value, body.replaces);
  if (!key.ok) return key.problem;
  const upload = await uploads.create({ key: key.value, contentType, producer: producer.id });
  log("UPLOAD_STARTED", { key: upload.key, bytes: size });
  const parts = partsOf(size, partSizeFor(settings.maximumBytes));
  return json(201, { ...describeUpload(deps, upload), size, ...(await addressed(deps, upload, parts)) });
}

async function keyFor(
  { catalogue, settings }: Deps,
  producer: Producer,
  { name, isCaptions }: UploadFile,
  replaces: unknown,
): Promise<Result<string, HttpResponse>> {
  if (replaces === undefined) return ok(`${producer.folder}${name}`);
  if (typeof replaces !== "string" || !ASSET_ID.test(replaces) || isCaptions) {
    return refused(problem(400, "REPLACES_INVALID", "replaces must be the id of a title, and the file a video."));
  }
  const key = (await catalogue.read(replaces))?.source.key;
  // One answer for what is not there and what is somebody else's.
  if (key === undefined || !mayWrite(producer, key, settings.uploadPrefix)) {
    return refused(problem(404, "TITLE_NOT_FOUND", "There is no such title that you may replace."));
  }
  if (suffixOf(key) === suffixOf(name)) return ok(key);
  return refused(
    problem(409, "SUFFIX_DIFFERS", `The title's file is a ${suffixOf(key)} and can be replaced by one only.`),
  );
}
