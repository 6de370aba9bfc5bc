/** Role whose holders may upload. Editors may too, and may replace the mezzanine of anybody's title. */
export const PRODUCERS = "producers";

/** What the handler answers, as `METHOD path` of the HTTP API. */
export const UPLOAD_ROUTES = {
  start_upload: "POST /api/uploads",
  list_uploads: "GET /api/uploads",
  resume_upload: "GET /api/uploads/{uploadId}",
  complete_upload: "POST /api/uploads/{uploadId}/complete",
  abort_upload: "DELETE /api/uploads/{uploadId}",
} as const;

/** Environment of `accept-uploads`. */
export type AcceptUploadsEnv = Record<
  | "CATALOGUE_TABLE"
  | "SOURCE_BUCKET"
  /** Key that mezzanines are encrypted with. */
  | "SOURCE_KEY_ARN"
  /** Ends with `/`. */
  | "UPLOAD_PREFIX"
  /** Bytes of the largest file, whole. */
  | "MAXIMUM_UPLOAD_BYTES"
  /** Claim of the token that holds roles; empty: nobody has one. */
  | "GROUPS_CLAIM"
  /** As for `mint-playback`. */
  | "API_ORIGIN_SECRET",
  string
>;
