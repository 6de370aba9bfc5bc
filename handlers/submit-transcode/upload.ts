import { CAPTION_SUFFIX, VIDEO_SUFFIXES } from "../shared/media-files";
import { EventReader } from "../shared/read-event";
import type { Result } from "../shared/result";

/** An object that arrived in the source bucket. */
export interface Upload {
  readonly bucket: string;
  /** As stored: EventBridge does not URL-encode it. */
  readonly key: string;
  readonly etag: string;
  readonly bytes?: number;
  /** S3's version of the object, where the bucket keeps versions. */
  readonly versionId?: string;
  /** Hexadecimal, lower case. */
  readonly sequencer: string;
}

/** As `VERSION` of a title, in any letter case. */
const SEQUENCER = /^[0-9a-f]{1,32}$/i;

export type UploadKind = "mezzanine" | "side-car" | "other";

/** Reads S3's `Object Created` event (https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html). */
export function readUpload(event: unknown): Result<Upload> {
  const read = new EventReader(event);
  read.oneOf("source", "aws.s3");
  read.oneOf("detail-type", "Object Created");
  const upload: Upload = {
    bucket: read.text("detail.bucket.name"),
    key: read.text("detail.object.key"),
    etag: unquoted(read.text("detail.object.etag")),
    bytes: read.optionalNumber("detail.object.size"),
    versionId: read.optionalText("detail.object.version-id"),
    sequencer: read.matching("detail.object.sequencer", SEQUENCER, "1 to 32 hexadecimal digits").toLowerCase(),
  };
  return read.finish(upload);
}

/** What an upload is by its name: only video suffixes under the prefix start a title. */
export function kindOf(key: string, uploadPrefix: string): UploadKind {
  if (!key.startsWith(uploadPrefix)) return "other";
  const name = key.toLowerCase();
  if (name.endsWith(CAPTION_SUFFIX)) return "side-car";
  return VIDEO_SUFFIXES.some((suffix) => name.endsWith(suffix)) ? "mezzanine" : "other";
}

/** ETags come quoted from some calls and bare in events. */
export function unquoted(etag: string): string {
  return etag.replace(/^"|"$/g, "");
}
