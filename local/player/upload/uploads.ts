import type { Api } from "../api";
import { unreadable } from "../problem";
import { asPositive, asRecord, asText } from "../read";
import { ok, refused, type Result } from "../result";
import { inWords } from "./upload-problem";

/** A part that is still to be sent, and the address that takes it. */
export interface PartAddress {
  /** From 1. */
  readonly number: number;
  /** Bytes. */
  readonly size: number;
  readonly url: string;
}

/** An upload as the API sees it now. */
export interface UploadStanding {
  readonly uploadId: string;
  /** Bytes of every part but the last. */
  readonly partSize: number;
  /** Of the title that the file makes; captions make none. */
  readonly assetId?: string;
  /** The first of the missing parts; none when all are there. */
  readonly parts: readonly PartAddress[];
  /** Bytes of the parts that are there. */
  readonly received: number;
}

export interface UnfinishedUpload {
  readonly uploadId: string;
  readonly name: string;
}

export interface Uploads {
  start(file: { readonly name: string; readonly size: number }): Promise<Result<UploadStanding>>;
  /** How an upload of a file of `size` bytes stands. */
  look(uploadId: string, size: number): Promise<Result<UploadStanding>>;
  /** One's own that were begun and not ended, newest first. */
  unfinished(): Promise<Result<readonly UnfinishedUpload[]>>;
  complete(uploadId: string, size: number): Promise<Result<unknown>>;
  abort(uploadId: string): Promise<Result<unknown>>;
}

/** The API's routes for producers. The file's type is left out: browsers derive it from the suffix, each its own way. */
export function createUploads(api: Api): Uploads {
  const at = (uploadId: string): string => `/api/uploads/${encodeURIComponent(uploadId)}`;
  return {
    async start({ name, size }) {
      const answer = inWords(await api.post("/api/uploads", { name, size }));
      return answer.ok ? parseStanding(answer.value, size) : answer;
    },
    async look(uploadId, size) {
      const answer = inWords(await api.get(`${at(uploadId)}?size=${size}`));
      return answer.ok ? parseStanding(answer.value, size) : answer;
    },
    async unfinished() {
      const answer = inWords(await api.get("/api/uploads"));
      return answer.ok ? parseUnfinished(answer.value) : answer;
    },
    complete: async (uploadId, size) => inWords(await api.post(`${at(uploadId)}/complete`, { size })),
    abort: async (uploadId) => inWords(await api.remove(at(uploadId))),
  };
}

export function parseStanding(value: unknown, size: number): Result<UploadStanding> {
  const answer = asRecord(value) ?? {};
  const uploadId = asText(answer.uploadId);
  const partSize = asPositive(answer.partSize);
  if (!uploadId || !partSize || !Array.isArray(answer.parts)) {
    return refused(unreadable("The answer about the upload", "It lacks the upload's id, part size or parts."));
  }
  const parts = answer.parts.flatMap(parsePart);
  const received = (Array.isArray(answer.received) ? answer.received : []).flatMap(
    (part) => asPositive(asRecord(part)?.size) ?? [],
  );
  const bytes = received.reduce((sum, each) => sum + each, 0);
  return ok({ uploadId, partSize, assetId: asText(answer.assetId), parts, received: Math.min(size, bytes) });
}

function parsePart(value: unknown): PartAddress[] {
  const part = asRecord(value);
  const [number, size, url] = [asPositive(part?.number), asPositive(part?.size), asText(part?.url)];
  return number && size && url ? [{ number, size, url }] : [];
}

function parseUnfinished(value: unknown): Result<readonly UnfinishedUpload[]> {
  const items = asRecord(value)?.items;
  if (!Array.isArray(items)) return refused(unreadable("The list of uploads", "The answer holds no items."));
  return ok(
    items.flatMap((item) => {
      const [uploadId, name] = [asText(asRecord(item)?.uploadId), asText(asRecord(item)?.name)];
      return uploadId && name ? [{ uploadId, name }] : [];
    }),
  );
}
