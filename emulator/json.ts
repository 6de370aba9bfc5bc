import type { AwsRequest, AwsResponse } from "../local/kernel/aws-service";
import { bodyText } from "./body-text";

/** The document in a request's body; an empty one where there is none. */
export async function documentOf(request: AwsRequest): Promise<Record<string, unknown>> {
  return JSON.parse((await bodyText(request)) || "{}") as Record<string, unknown>;
}

export function json(status: number, body: object): AwsResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}
