import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { ENTITLEMENTS } from "../handlers/shared/tables";
import type { AwsClientSettings } from "./kernel/aws-client";
import type { Cognito } from "./services/cognito/cognito";

/** Two people to try the gate with: one who may watch, and one who is known but has no subscription. */
export const SAMPLE_VIEWERS = { entitled: "viewer@example.com", other: "guest@example.com" } as const;

export interface ViewerTokens {
  readonly entitled: string;
  readonly other: string;
}

/** The viewer of the platform's own check, and where its name and password are put. */
const CHECK_VIEWER = "check@example.com";

/** Where the stack checks itself: makes its viewer, and gives what an operator puts into the check's secret. */
export async function checkViewer(
  cognito: Pick<Cognito, "ensureUser">,
  settings: AwsClientSettings,
  table: string,
  password: string,
): Promise<string> {
  const { sub } = await cognito.ensureUser({ username: CHECK_VIEWER, password });
  await subscribe(settings, table, sub);
  return JSON.stringify({ username: CHECK_VIEWER, password });
}

/** Makes the sample viewers, gives the one a subscription, and signs both in. */
export async function sampleViewers(
  cognito: Pick<Cognito, "ensureUser" | "tokensFor">,
  settings: AwsClientSettings,
  table: string,
  password: string,
): Promise<ViewerTokens> {
  const { entitled, other } = SAMPLE_VIEWERS;
  const { sub } = await cognito.ensureUser({ username: entitled, password });
  await cognito.ensureUser({ username: other, password });
  await subscribe(settings, table, sub);
  const token = async (username: string) => (await cognito.tokensFor(username)).accessToken;
  return { entitled: await token(entitled), other: await token(other) };
}

async function subscribe(settings: AwsClientSettings, table: string, sub: string): Promise<void> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...settings, maxAttempts: 2 }));
  const subscription = { [ENTITLEMENTS.key]: sub, [ENTITLEMENTS.sort]: ENTITLEMENTS.subscription, status: "ACTIVE" };
  await client.send(new PutCommand({ TableName: table, Item: subscription }));
  client.destroy();
}
