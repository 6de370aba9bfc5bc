/** `terraform.backend.s3` of a synthesised stack. */
export type S3Backend = Readonly<Record<string, unknown>>;

/** What Terraform merges over the stack while the state has no bucket to lie in. */
export const LOCAL_STATE = { terraform: { backend: { local: {} } } };

/** Credentials of nobody, for an emulator. */
const EMULATED = { access_key: "emulated", secret_key: "emulated" };
const SERVICES = ["iam", "kms", "s3", "sts"];

/** The stack's own backend, at an emulator's address. */
export function emulatedState(backend: S3Backend, endpoint: string): object {
  const endpoints = { s3: endpoint, sts: endpoint };
  const s3 = { ...backend, ...EMULATED, endpoints, use_path_style: true, skip_credentials_validation: true };
  return { terraform: { backend: { s3: { ...s3, skip_metadata_api_check: true, skip_requesting_account_id: true } } } };
}

/**
 * Both providers of the stack, at an emulator's address; whose account it emulates is still checked. Its buckets get a
 * policy that denies nothing: it speaks plain http, which theirs refuse, and may not weigh conditions.
 */
export function emulatedStack(endpoint: string): object {
  const endpoints = [Object.fromEntries(SERVICES.map((service) => [service, endpoint]))];
  const provider = { ...EMULATED, endpoints, s3_use_path_style: true, skip_metadata_api_check: true };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement: [ANYONE_LISTS] });
  const policies = Object.fromEntries(["state", "artifacts"].map((bucket) => [bucket, { policy }]));
  return {
    provider: { aws: [provider, { ...provider, alias: "edge" }] },
    resource: { aws_s3_bucket_policy: policies },
  };
}

const ANYONE_LISTS = { Effect: "Allow", Principal: "*", Action: "s3:ListBucket", Resource: "arn:aws:s3:::emulated" };
