import { CAPTION_SUFFIX, UPLOAD_SUFFIXES } from "../shared/media-files";
import { refused, ok, type Result } from "../shared/result";

/** A file that somebody wants to upload. */
export interface UploadFile {
  /** Without folders, in Unicode's composed form. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Of the stored object; the suffix decides. */
  readonly contentType: string;
  readonly isCaptions: boolean;
}

export interface FileProblem {
  readonly status: 400 | 413 | 415;
  readonly code: string;
  readonly message: string;
}

/** Characters. A key has 1,024 bytes (https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html), four a character at worst. */
const LONGEST_NAME = 200;

/** No folder, nothing invisible, nothing that an address, a shell or a manifest reads as its own. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._()'&,+!@=-]*$/u;

const CONTENT_TYPES: Readonly<Record<(typeof UPLOAD_SUFFIXES)[number], string>> = {
  ".mp4": "video/mp4",
  ".mov": "video/quicktime",
  ".m4v": "video/mp4",
  ".mkv": "video/x-matroska",
  ".webm": "video/webm",
  ".mxf": "application/mxf",
  ".avi": "video/x-msvideo",
  ".mpg": "video/mpeg",
  ".mpeg": "video/mpeg",
  ".ts": "video/mp2t",
  ".m2ts": "video/mp2t",
  ".vtt": "text/vtt",
};

/** What callers may call a file; without a type, or with the type of bytes, its suffix speaks alone. */
const VIDEO_TYPE = /^(video\/[\w.+-]+|application\/(mxf|octet-stream))?$/;
const CAPTION_TYPE = /^(text\/(vtt|plain)|application\/octet-stream)?$/;

/** Reads `{name, size, type?}`, or says what is wrong with it. */
export function uploadFile(
  { name, size, type = "" }: Readonly<Record<string, unknown>>,
  maximumBytes: number,
): Result<UploadFile, FileProblem> {
  const composed = typeof name === "string" ? name.normalize("NFC") : "";
  if (composed.length > LONGEST_NAME || !NAME.test(composed)) return refused(NAME_INVALID);
  const suffix = suffixOf(composed);
  if (!suffix) return refused(notAllowed(`The file's name must end in ${UPLOAD_SUFFIXES.join(", ")}.`));
  const isCaptions = suffix === CAPTION_SUFFIX;
  if (typeof type !== "string" || !(isCaptions ? CAPTION_TYPE : VIDEO_TYPE).test(type)) {
    return refused(
      notAllowed(`The type must be that of ${isCaptions ? "captions, text/vtt" : "a video"}, or left out.`),
    );
  }
  if (typeof size !== "number" || !Number.isInteger(size) || size < 1) return refused(SIZE_INVALID);
  if (size > maximumBytes) {
    return refused({ status: 413, code: "TOO_LARGE", message: `A file must be at most ${maximumBytes} bytes.` });
  }
  return ok({ name: composed, size, contentType: CONTENT_TYPES[suffix], isCaptions });
}

/** The suffix that makes a file one of ours, in lower case. */
export function suffixOf(name: string): (typeof UPLOAD_SUFFIXES)[number] | undefined {
  return UPLOAD_SUFFIXES.find((suffix) => name.toLowerCase().endsWith(suffix));
}

const NAME_INVALID: FileProblem = {
  status: 400,
  code: "NAME_INVALID",
  message: `name must be a file's name of at most ${LONGEST_NAME} characters: letters, digits, spaces and ._()'&,+!@=- after a letter or digit.`,
};
const SIZE_INVALID: FileProblem = {
  status: 400,
  code: "SIZE_INVALID",
  message: "size must be the file's bytes, a whole number from 1.",
};

function notAllowed(message: string): FileProblem {
  return { status: 415, code: "TYPE_NOT_ALLOWED", message };
}
