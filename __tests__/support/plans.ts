import { copyFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SynthesisedStack } from "./synthesised";
import { initialised, terraform } from "./terraform";

/** Keys that open nothing, and no question to AWS: a plan of what is not there yet needs no account. */
const OFFLINE = {
  access_key: "mock",
  secret_key: "mock",
  skip_credentials_validation: true,
  skip_requesting_account_id: true,
  skip_metadata_api_check: true,
  allowed_account_ids: [],
};
const OVERRIDE = {
  terraform: { backend: { local: {} } },
  provider: { aws: [OFFLINE, { alias: "edge", ...OFFLINE }] },
};
const VARIABLES = { cdn_identifier: "00000000-0000-4000-8000-000000000001", api_origin_secret: "mock-".repeat(8) };

let folder: string | undefined;

/**
 * Plans a stack as if nothing stood, in a folder that is initialised once.
 * @returns how many resources would be made. @throws with what Terraform said, also when it would do anything else.
 */
export function planned({ file, document }: SynthesisedStack, mirror: string): number {
  folder ??= initialised(file, mirror);
  copyFileSync(file, join(folder, "cdk.tf.json"));
  writeFileSync(join(folder, "override.tf.json"), JSON.stringify(OVERRIDE));
  const declared = Object.keys((document as { variable?: object }).variable ?? {});
  const given = Object.entries(VARIABLES).filter(([name]) => declared.includes(name));
  writeFileSync(join(folder, "terraform.tfvars.json"), JSON.stringify(Object.fromEntries(given)));
  const said = terraform(folder, "plan", "-refresh=false", "-input=false");
  const [, add, change, destroy] = /Plan: (\d+) to add, (\d+) to change, (\d+) to destroy/.exec(said) ?? [];
  if (change !== "0" || destroy !== "0") throw new Error(`the plan must only add, got:\n${said.slice(-2000)}`);
  return Number(add);
}

export function resourceCount({ document: { resource } }: SynthesisedStack): number {
  return Object.values(resource).reduce((sum, named) => sum + Object.keys(named).length, 0);
}
