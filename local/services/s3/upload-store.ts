import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AwsError } from "../../kernel/aws-service";
import type { ChecksumName } from "../../gateway/checksum";
import type { Blob } from "./blob-store";
import { diskError } from "../disk-error";
import type { Encryption } from "./encryption";
import type { ObjectAttributes } from "./version";

/** A multipart upload under way. */
export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly attributes: ObjectAttributes;
  /** Milliseconds since 1970. */
  readonly initiated: number;
  /** What `x-amz-checksum-algorithm` asked for. */
  readonly checksum?: ChecksumName;
  readonly encryption?: Encryption;
}

export interface Part {
  readonly number: number;
  readonly blob: Blob;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
}

/** Multipart uploads of one bucket: a directory each, with a small file for the upload and one for each part. */
export class UploadStore {
  constructor(private readonly directory: string) {
    mkdirSync(directory, { recursive: true });
  }

  create(upload: Upload): void {
    mkdirSync(join(this.directory, upload.id), { recursive: true });
    this.save(upload.id, "upload.json", upload);
  }

  /** @throws AwsError `NoSuchUpload` 404, also when the upload is of another key. */
  get(id: string, key: string): Upload {
    const upload = this.find(id);
    if (upload?.key === key) return upload;
    throw new AwsError(
      "NoSuchUpload",
      "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.",
      404,
    );
  }

  list(): Upload[] {
    return readdirSync(this.directory).flatMap((id) => this.find(id) ?? []);
  }

  /** Records a part; returns the one of that number that it takes the place of. */
  setPart(id: string, part: Part): Part | undefined {
    const file = partFile(part.number);
    const previous = this.load<Part>(id, file);
    this.save(id, file, part);
    return previous;
  }

  /** In order of their numbers. */
  parts(id: string): Part[] {
    return readdirSync(join(this.directory, id))
      .filter((file) => /^part-\d{5}\.json$/.test(file))
      .sort()
      .flatMap((file) => this.load<Part>(id, file) ?? []);
  }

  remove(id: string): void {
    rmSync(join(this.directory, id), { recursive: true, force: true });
  }

  private find(id: string): Upload | undefined {
    // An id comes from outside: only what this store makes becomes a path.
    return /^[0-9a-f]{48}$/.test(id) ? this.load<Upload>(id, "upload.json") : undefined;
  }

  private load<T>(id: string, file: string): T | undefined {
    const path = join(this.directory, id, file);
    return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as T) : undefined;
  }

  private save(id: string, file: string, value: unknown): void {
    const path = join(this.directory, id, file);
    try {
      writeFileSync(`${path}.new`, JSON.stringify(value));
      renameSync(`${path}.new`, path);
    } catch (error) {
      throw diskError(error, this.directory);
    }
  }
}

function partFile(number: number): string {
  return `part-${String(number).padStart(5, "0")}.json`;
}
