import { Readable } from "node:stream";
import type { AwsRequest } from "../local/kernel/aws-service";

/** The whole body of a request, as text. */
export async function bodyText({ body }: AwsRequest): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of body as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

/** A request whose body was read, or is another, as it is passed on. */
export function withBody(request: AwsRequest, body: string): AwsRequest {
  return { ...request, body: Readable.from([Buffer.from(body)]) };
}
