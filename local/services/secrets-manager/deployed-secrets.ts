import { createHash } from "node:crypto";
import type { Deployment } from "../../terraform/deployment";
import { CURRENT, withVersion, type Secret } from "./secret";
import type { SecretStore } from "./secret-store";

/** Brings the store to what the stack says; a value that the stack has not changed since is left as it is. */
export function deploySecrets(deployment: Deployment, store: SecretStore, now: number, newId: () => string): void {
  for (const { values } of deployment.all("aws_secretsmanager_secret")) {
    const arn = String(values.arn);
    if (store.find(arn)) continue;
    store.save({ ...describe(values), arn, name: String(values.name), created: now, versions: [] });
  }
  for (const { address, values } of deployment.all("aws_secretsmanager_secret_version")) {
    const secret = store.find(String(values.secret_id));
    if (!secret)
      throw new Error(`${address}: secret_id must be the ARN or name of a secret, got ${String(values.secret_id)}`);
    const string = String(values.secret_string);
    const deployed = createHash("sha256").update(string).digest("hex");
    if (secret.deployed === deployed) continue;
    store.save({ ...withVersion(secret, { id: newId(), stages: [CURRENT], string, created: now }), deployed });
  }
}

function describe(values: Readonly<Record<string, unknown>>): Pick<Secret, "description" | "kmsKeyId"> {
  const { description, kms_key_id: kmsKeyId } = values;
  return {
    ...(typeof description === "string" ? { description } : {}),
    ...(typeof kmsKeyId === "string" ? { kmsKeyId } : {}),
  };
}
