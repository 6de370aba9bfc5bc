import { request as httpRequest, type IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import type { AwsRequest, AwsResponse, AwsService } from "../local/kernel/aws-service";

/** Headers that speak of the connection, or of a framing that the gateway has taken off. */
const NOT_FORWARDED = new Set([
  "connection",
  "content-encoding",
  "content-length",
  "expect",
  "keep-alive",
  "transfer-encoding",
  "x-amz-content-sha256",
  "x-amz-decoded-content-length",
  "x-amz-trailer",
]);

/** A service that moto has: what is asked is passed on, and what moto answers is passed back. */
export function forwardTo(endpoint: string, account: string, name: string): AwsService {
  return { name, handle: (request) => forward(endpoint, account, request) };
}

async function forward(endpoint: string, account: string, request: AwsRequest): Promise<AwsResponse> {
  const query = request.query.toString();
  const url = new URL(`${endpoint}${request.path}${query === "" ? "" : `?${query}`}`);
  const kept = Object.entries(request.headers).filter(([name]) => !NOT_FORWARDED.has(name));
  const body = await wholeBody(request);
  const headers = {
    ...Object.fromEntries(kept),
    "content-length": String(body.length),
    // Whose account it is: https://docs.getmoto.org/en/latest/docs/multi_account.html
    "x-moto-account-id": account,
  };
  const answer = await send(url, request.method, headers, body);
  const given = Object.entries(answer.headers).filter(
    ([name]) => name !== "connection" && name !== "transfer-encoding",
  );
  return {
    status: answer.statusCode ?? 502,
    headers: Object.fromEntries(given) as Record<string, string | string[]>,
    body: answer,
  };
}

async function wholeBody({ body }: AwsRequest): Promise<Buffer> {
  const parts: Buffer[] = [];
  await pipeline(body, async (source: AsyncIterable<Buffer>) => {
    for await (const part of source) parts.push(part);
  });
  return Buffer.concat(parts);
}

function send(
  url: URL,
  method: string,
  headers: NodeJS.Dict<string | string[]>,
  body: Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url, { method, headers }, resolve);
    request.on("error", reject);
    request.end(body);
  });
}
