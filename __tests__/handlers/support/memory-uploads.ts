import type { NewUpload, ReceivedPart, UploadStore } from "../../../handlers/accept-uploads/upload-store";

export interface MemoryUploads extends UploadStore {
  readonly begun: Map<string, NewUpload & { readonly startedAt: string; parts: ReceivedPart[] }>;
  readonly stored: { key: string; size: number; parts: number }[];
  /** The next upload that is completed is whole, but S3's answer is lost. */
  loseAnswer(): void;
}

/** Multipart uploads in memory; ids count from `s3-1`. */
export function memoryUploads(): MemoryUploads {
  const begun: MemoryUploads["begun"] = new Map();
  const stored: MemoryUploads["stored"] = [];
  let lost = false;
  let made = 0;
  return {
    begun,
    stored,
    loseAnswer: () => void (lost = true),
    create(upload) {
      made += 1;
      begun.set(`s3-${made}`, { ...upload, startedAt: `2030-01-0${made}T00:00:00.000Z`, parts: [] });
      return Promise.resolve({ key: upload.key, s3UploadId: `s3-${made}` });
    },
    unfinished: (prefix) =>
      Promise.resolve(
        [...begun].flatMap(([s3UploadId, { key, startedAt }]) =>
          key.startsWith(prefix) ? [{ key, s3UploadId, startedAt }] : [],
        ),
      ),
    received: ({ s3UploadId }) => Promise.resolve(begun.get(s3UploadId)?.parts),
    complete({ key, s3UploadId }, parts) {
      if (!begun.delete(s3UploadId)) return Promise.resolve(false);
      stored.push({ key, size: parts.reduce((sum, { size }) => sum + size, 0), parts: parts.length });
      return lost ? Promise.reject(new Error("S3 did not answer in time")) : Promise.resolve(true);
    },
    abort: ({ s3UploadId }) => Promise.resolve(begun.delete(s3UploadId)),
    isStored: (key, size, parts) =>
      Promise.resolve(stored.some((each) => each.key === key && each.size === size && each.parts === parts)),
    partAddress: ({ s3UploadId }, { number, size }, seconds) =>
      Promise.resolve(`https://s3/${s3UploadId}/${number}?bytes=${size}&seconds=${seconds}`),
  };
}
