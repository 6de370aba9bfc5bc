import { AwsError, type AwsRequest, type AwsResponse } from "../../kernel/aws-service";

const MAX_BODY = 1_048_576;
const MAX_PAGE = 1000;

/** The request's JSON, or an AwsError that names the problem. */
export async function readJson(request: AwsRequest): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    const bytes = Buffer.from(chunk as Buffer);
    size += bytes.length;
    if (size > MAX_BODY)
      throw new AwsError("UnprocessableEntityException", `the body is larger than ${MAX_BODY} bytes`, 422);
    chunks.push(bytes);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString("utf8") || "{}") as unknown;
  } catch {
    throw new AwsError("UnprocessableEntityException", "the body is not JSON", 422);
  }
}

export function renderJson(status: number, body: unknown): AwsResponse {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** An error as REST-JSON services give it: the code in a header, the message in the body. */
export function renderError(error: AwsError): AwsResponse {
  return {
    status: error.status,
    headers: { "content-type": "application/json", "x-amzn-errortype": error.code },
    body: JSON.stringify({ message: error.message }),
  };
}

/** One page of a list; the token is the position of the next entry. */
export function page(name: string, entries: readonly unknown[], query: URLSearchParams): Record<string, unknown> {
  const limit = Number(query.get("maxResults") ?? MAX_PAGE);
  const start = Number(query.get("nextToken") ?? 0);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw new AwsError(
      "UnprocessableEntityException",
      `maxResults must be 1 to ${MAX_PAGE}, got ${query.get("maxResults")}`,
      422,
    );
  }
  if (!Number.isInteger(start) || start < 0)
    throw new AwsError("UnprocessableEntityException", "nextToken is not valid", 422);
  const end = start + limit;
  return { [name]: entries.slice(start, end), ...(end < entries.length && { nextToken: String(end) }) };
}
