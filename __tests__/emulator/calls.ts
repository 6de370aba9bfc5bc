import { Readable } from "node:stream";
import { ANONYMOUS, type AwsRequest, type AwsService } from "../../local/kernel/aws-service";

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** One call of a service, as the gateway would hand it over. */
export async function call(
  service: AwsService,
  request: string,
  { body = "", headers = {} }: { body?: string; headers?: AwsRequest["headers"] } = {},
): Promise<Answer> {
  const [method = "GET", address = "/"] = request.split(" ");
  const [path = "/", query = ""] = address.split("?");
  const answer = await service.handle({
    method,
    path,
    query: new URLSearchParams(query),
    headers,
    host: "127.0.0.1",
    body: Readable.from(body === "" ? [] : [Buffer.from(body)]),
    principal: ANONYMOUS,
  });
  return { status: answer.status, headers: answer.headers ?? {}, body: await textOf(answer.body) };
}

async function textOf(body: string | Buffer | Readable | undefined): Promise<string> {
  if (body === undefined || typeof body === "string") return body ?? "";
  if (Buffer.isBuffer(body)) return body.toString("utf8");
  const parts: Buffer[] = [];
  for await (const part of body as AsyncIterable<Buffer>) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
}

/** `404 NoSuchCachePolicy` of an answer that is a refusal in XML. */
export function refusalOf({ status, body }: Answer): string {
  return `${status} ${/<Code>([^<]+)<\/Code>/.exec(body)?.[1] ?? body}`;
}
