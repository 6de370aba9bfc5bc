import { type HttpResponse, json } from "../shared/http";
import { describeUpload } from "./answer";
import type { Deps, ProducerRequest } from "./deps";

/** The producer's own uploads that were begun and not ended, newest first. */
export async function listUploads(deps: Deps, { producer }: ProducerRequest): Promise<HttpResponse> {
  const unfinished = await deps.uploads.unfinished(producer.folder);
  const items = unfinished
    .map(({ startedAt = "", ...upload }) => ({ ...describeUpload(deps, upload), startedAt }))
    .sort((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
  return json(200, { items });
}
