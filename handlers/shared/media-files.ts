/** File names that mean something under the upload prefix; read by the stack's event pattern and by the handler. */

/** What starts a job, in any letter case. */
export const VIDEO_SUFFIXES = [
  ".mp4",
  ".mov",
  ".m4v",
  ".mkv",
  ".webm",
  ".mxf",
  ".avi",
  ".mpg",
  ".mpeg",
  ".ts",
  ".m2ts",
] as const;

/** Captions beside a video: `<name>.vtt` or `<name>.<language>.vtt`. */
export const CAPTION_SUFFIX = ".vtt";

/** Every suffix whose upload concerns `submit-transcode`. */
export const UPLOAD_SUFFIXES = [...VIDEO_SUFFIXES, CAPTION_SUFFIX] as const;
