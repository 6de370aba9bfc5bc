import { AwsError, type AwsRequest, type AwsResponse } from "../../kernel/aws-service";
import { readBody } from "../json-protocol";
import type { InvokeResult } from "./invoke-result";

/**
 * Largest events, synchronous and asynchronous:
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const MAXIMUM_BYTES = { RequestResponse: 6 * 1024 * 1024, Event: 1024 * 1024, DryRun: 6 * 1024 * 1024 };

export interface InvokeReceiver {
  invoke(name: string, payload: string): Promise<InvokeResult>;
  /** Returns the request's id. */
  accept(name: string, payload: string): string;
  /** Throws where the caller may not invoke the function, or there is none. */
  check(name: string): void;
}

/** Lambda's `Invoke`: https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export async function invokeApi(request: AwsRequest, receiver: InvokeReceiver): Promise<AwsResponse> {
  const [, encoded] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(request.path) ?? [];
  if (request.method !== "POST" || !encoded) {
    throw new AwsError(
      "UnknownOperationException",
      `Lambda answers Invoke here, got ${request.method} ${request.path}.`,
      404,
    );
  }
  const name = decodeURIComponent(encoded);
  const type = invocationType(request.headers["x-amz-invocation-type"]);
  const payload = await readPayload(request, MAXIMUM_BYTES[type]);
  switch (type) {
    case "DryRun":
      receiver.check(name);
      return { status: 204 };
    case "Event":
      return { status: 202, headers: { "x-amzn-requestid": receiver.accept(name, payload) } };
    case "RequestResponse":
      return answer(await receiver.invoke(name, payload));
  }
}

function invocationType(header: string | string[] | undefined): keyof typeof MAXIMUM_BYTES {
  const type = header ?? "RequestResponse";
  if (type === "RequestResponse" || type === "Event" || type === "DryRun") return type;
  const allowed = Object.keys(MAXIMUM_BYTES).join(", ");
  throw new AwsError(
    "InvalidParameterValueException",
    `InvocationType must be one of ${allowed}, got ${String(type)}.`,
  );
}

async function readPayload(request: AwsRequest, limit: number): Promise<string> {
  const body = await readBody(request, limit).catch((error: unknown) => {
    if (!(error instanceof AwsError)) throw error;
    const message = `Request must be smaller than ${limit} bytes for the InvokeFunction operation`;
    throw new AwsError("RequestTooLargeException", message, 413);
  });
  const text = body.length > 0 ? body.toString("utf8") : "{}";
  try {
    JSON.parse(text);
  } catch (error) {
    const message = `Could not parse request body into json: ${(error as Error).message}`;
    throw new AwsError("InvalidRequestContentException", message);
  }
  return text;
}

function answer(result: InvokeResult): AwsResponse {
  return {
    status: 200,
    headers: {
      "content-type": "application/json",
      "x-amzn-requestid": result.requestId,
      "x-amz-executed-version": "$LATEST",
      ...(result.failed && { "x-amz-function-error": "Unhandled" }),
    },
    body: result.payload,
  };
}
