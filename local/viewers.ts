import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { PRODUCERS } from "../handlers/accept-uploads/contract";
import { EDITORS } from "../handlers/shared/roles";
import { ENTITLEMENTS } from "../handlers/shared/tables";
import type { AwsClientSettings } from "./kernel/aws-client";
import type { Cognito } from "./services/cognito/cognito";

/**
 * People to try the gate with: one who may watch and download, one who is known but has no subscription, and one who
 * watches, uploads and edits titles.
 */
export const SAMPLE_VIEWERS = {
  entitled: "viewer@example.com",
  other: "guest@example.com",
  editor: "editor@example.com",
} as const;

const EDITOR_GROUPS = [EDITORS, PRODUCERS];

export interface ViewerTokens {
  readonly entitled: string;
  readonly other: string;
  readonly editor: string;
}

/** Makes the sample viewers, gives them what they hold, and signs them in. */
export async function sampleViewers(
  cognito: Pick<Cognito, "ensureUser" | "tokensFor">,
  settings: AwsClientSettings,
  table: string,
  password: string,
): Promise<ViewerTokens> {
  const { entitled, other, editor } = SAMPLE_VIEWERS;
  await cognito.ensureUser({ username: other, password });
  const { sub: viewer } = await cognito.ensureUser({ username: entitled, password });
  const { sub: author } = await cognito.ensureUser({ username: editor, password, groups: EDITOR_GROUPS });
  const item = (holder: string, scope: string) => ({ [ENTITLEMENTS.key]: holder, [ENTITLEMENTS.sort]: scope });
  const items = [
    { ...item(viewer, ENTITLEMENTS.subscription), status: "ACTIVE" },
    item(viewer, ENTITLEMENTS.download),
    { ...item(author, ENTITLEMENTS.subscription), status: "ACTIVE" },
  ];
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ ...settings, maxAttempts: 2 }));
  for (const Item of items) await client.send(new PutCommand({ TableName: table, Item }));
  client.destroy();
  const token = async (username: string) => (await cognito.tokensFor(username)).accessToken;
  return { entitled: await token(entitled), other: await token(other), editor: await token(editor) };
}
