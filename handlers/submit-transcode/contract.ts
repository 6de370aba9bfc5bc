/** Environment of `submit-transcode`, written by the stack and read by the handler. */
export type SubmitTranscodeEnv = Record<
  | "CATALOGUE_TABLE"
  /** `mediapackage` or `direct`. */
  | "TOPOLOGY"
  /** Name of the deployed MediaConvert job template; it carries the template's version. */
  | "JOB_TEMPLATE"
  | "JOB_TEMPLATE_VERSION"
  | "QUEUE_ARN"
  /** Role that MediaConvert assumes for the job. */
  | "MEDIACONVERT_ROLE_ARN"
  | "SOURCE_BUCKET"
  | "PACKAGED_BUCKET"
  /** Keys outside this prefix are never mezzanines; ends with `/`. */
  | "UPLOAD_PREFIX",
  string
>;
