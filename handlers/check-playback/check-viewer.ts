import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { ASSET_ID } from "../shared/asset-id";
import { isRecord } from "../shared/read-event";
import { ok, refused, type Result } from "../shared/result";

/** The platform's own viewer. */
export interface CheckViewer {
  readonly username: string;
  readonly password: string;
  /** What to watch; without one, the newest title. */
  readonly assetId?: string;
}

/** Reads the viewer from its secret, each time: an operator may change it at any moment. The problem never quotes it. */
export function secretViewer(client: SecretsManagerClient, secretArn: string): () => Promise<Result<CheckViewer>> {
  return async () => {
    const { SecretString } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
    return parse(SecretString ?? "");
  };
}

function parse(text: string): Result<CheckViewer> {
  const allowed = 'must be {"username": "...", "password": "...", "assetId"?: "<id of a title>"}';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused(`the check's secret ${allowed}, got no JSON`);
  }
  const { username, password, assetId } = isRecord(value) ? value : {};
  if (typeof username !== "string" || typeof password !== "string") {
    return refused(`the check's secret ${allowed}, got no username or no password`);
  }
  if (assetId === undefined) return ok({ username, password });
  if (typeof assetId === "string" && ASSET_ID.test(assetId)) return ok({ username, password, assetId });
  return refused(`the check's secret ${allowed}, got another assetId`);
}
