/** What stands in `override.tf.json` beside a synthesised stack, and is merged over it. */
export interface Overrides {
  readonly terraform?: object;
  readonly provider: object;
  readonly resource?: object;
}

/**
 * S3 of one machine has no host name for each bucket, and there is no metadata service to ask. What this machine does
 * not answer once, it will not answer at the twenty-fifth time either.
 */
const PROVIDER = { s3_use_path_style: true, skip_metadata_api_check: true, max_retries: 3 };
const LOCAL_BACKEND = { backend: { local: {} } };

/**
 * Endpoint and credentials are not among them: they are in the environment of the command, and so in no file.
 * `local` keeps the state beside the stack, as before there is a bucket for it; `unprotected` are addresses that may be
 * destroyed although the stack says that no plan does.
 */
export function overrides({ local = false, unprotected = [] as readonly string[] } = {}): Overrides {
  const resource: Record<string, Record<string, object>> = {};
  for (const address of unprotected) {
    const [type = "", name = ""] = address.split(".");
    (resource[type] ??= {})[name] = { lifecycle: { prevent_destroy: false } };
  }
  return {
    ...(local ? { terraform: LOCAL_BACKEND } : {}),
    provider: { aws: [PROVIDER, { alias: "edge", ...PROVIDER }] },
    ...(unprotected.length > 0 ? { resource } : {}),
  };
}
