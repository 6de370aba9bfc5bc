import type { AwsRequest } from "../local/kernel/aws-service";

/** The whole body of a request, as text. */
export async function bodyText({ body }: AwsRequest): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of body as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}
