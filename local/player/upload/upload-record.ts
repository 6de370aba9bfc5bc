import { asRecord } from "../read";

/** What tells one file from another of the same name. */
export interface FileMark {
  /** Bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
}

/** Which file each upload was begun with: the service knows names only, and parts of two files must never mix. */
export interface UploadRecord {
  remember(uploadId: string, file: FileMark): void;
  /** Whether the upload was begun in this browser with this very file. */
  isOf(uploadId: string, file: FileMark): boolean;
  forget(uploadId: string): void;
}

const KEY = "uploads";

/** Kept in the browser's storage, so that it survives a reload; sizes and times, no names and no tokens. */
export function createUploadRecord(storage: Pick<Storage, "getItem" | "setItem" | "removeItem">): UploadRecord {
  const read = (): Readonly<Record<string, unknown>> => {
    try {
      return asRecord(JSON.parse(storage.getItem(KEY) ?? "{}")) ?? {};
    } catch {
      return {}; // not written by this page: nothing is known, and nothing is resumed
    }
  };
  const write = (marks: Readonly<Record<string, unknown>>): void => {
    if (Object.keys(marks).length === 0) storage.removeItem(KEY);
    else storage.setItem(KEY, JSON.stringify(marks));
  };
  return {
    remember: (uploadId, { size, lastModified }) => write({ ...read(), [uploadId]: { size, lastModified } }),
    isOf(uploadId, { size, lastModified }) {
      const mark = asRecord(read()[uploadId]);
      return mark?.size === size && mark.lastModified === lastModified;
    },
    forget(uploadId) {
      const { [uploadId]: _, ...others } = read();
      write(others);
    },
  };
}
