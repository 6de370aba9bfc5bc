import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { AwsResponse } from "../kernel/aws-service";

/** Writes a service's answer; streams are sent as fast as the client takes them and closed when it goes away. */
export async function sendResponse(
  request: IncomingMessage,
  response: ServerResponse,
  answer: AwsResponse,
  extra: Readonly<Record<string, string>>,
): Promise<void> {
  const { body } = answer;
  // What the service left unread must still be taken off the connection, or the client waits to send it.
  response.once("finish", () => drain(request));
  for (const [name, value] of Object.entries({ ...extra, ...answer.headers })) {
    response.setHeader(name, typeof value === "string" ? value : [...value]);
  }
  response.statusCode = answer.status;
  if (body instanceof Readable && request.method !== "HEAD") return stream(response, body);
  if (body instanceof Readable) body.destroy();
  const bytes = body instanceof Readable || body === undefined ? undefined : Buffer.from(body);
  const bare = answer.status === 204 || answer.status === 304;
  if (!bare && !response.hasHeader("content-length")) response.setHeader("content-length", bytes?.length ?? 0);
  response.end(request.method === "HEAD" || bare ? undefined : bytes);
}

async function stream(response: ServerResponse, body: Readable): Promise<void> {
  try {
    await pipeline(body, response);
  } catch {
    // The client went away, or the file failed in mid-answer: the status is sent, so cutting the connection is the
    // one way left to say that the body is not whole.
    response.destroy();
  }
}

function drain(request: IncomingMessage): void {
  if (request.complete) return;
  request.unpipe();
  request.resume();
}
