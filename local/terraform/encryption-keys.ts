import type { Deployment } from "./deployment";

/** The stack's own keys, by whatever name they are called. */
export interface EncryptionKeys {
  /** ARN of a key that is given by id, ARN, alias or the alias's ARN; undefined for one that the stack does not make. */
  arnOf(name: string): string | undefined;
}

export function encryptionKeys(deployment: Deployment): EncryptionKeys {
  const byName = new Map<string, string>();
  for (const { values } of deployment.all("aws_kms_key")) {
    for (const name of [values.arn, values.key_id, values.id]) byName.set(String(name), String(values.arn));
  }
  for (const { values } of deployment.all("aws_kms_alias")) {
    const target = byName.get(String(values.target_key_id));
    if (target === undefined) continue;
    for (const name of [values.arn, values.name]) byName.set(String(name), target);
  }
  return { arnOf: (name) => byName.get(name) };
}
