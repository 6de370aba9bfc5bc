import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, PutCommand } from "@aws-sdk/lib-dynamodb";
import { decodeJwt } from "jose";
import type { Subscription } from "../../handlers/shared/entitlements";
import { ENTITLEMENTS } from "../../handlers/shared/tables";
import type { ReadyReport } from "../../local/report";

export const SUBSCRIBED: Subscription = { status: "ACTIVE" };

/** The business's own systems, which say who may watch, and an app's calls of the API. */
export class Business {
  private readonly tables: DynamoDBDocumentClient;

  constructor(private readonly report: ReadyReport) {
    const { endpoint, region, accessKeyId, secretAccessKey } = report.aws;
    const client = new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
    this.tables = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  }

  /** Sets the entitled viewer's subscription. */
  async subscribe(subscription: Subscription): Promise<void> {
    const { sub: viewerId } = decodeJwt(this.report.tokens.entitled);
    const Item = { [ENTITLEMENTS.key]: viewerId, [ENTITLEMENTS.sort]: ENTITLEMENTS.subscription, ...subscription };
    await this.tables.send(new PutCommand({ TableName: "vod-entitlements-local", Item }));
  }

  /** One request to the API: status, and the code or the whole of its answer. */
  async ask(who: "entitled" | "other" | "editor", route: string, body?: unknown): Promise<[number, unknown]> {
    const [method = "", path = ""] = route.split(" ");
    const response = await fetch(new URL(path, this.report.viewer.app), {
      method,
      headers: { authorization: `Bearer ${this.report.tokens[who]}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const answer = (await response.json().catch(() => undefined)) as { error?: string } | undefined;
    return [response.status, answer?.error ?? answer];
  }

  close(): void {
    this.tables.destroy();
  }
}
