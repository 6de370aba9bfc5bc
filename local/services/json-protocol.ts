import { AwsError, type AwsRequest, type AwsResponse } from "../kernel/aws-service";

/** A call in AWS's JSON protocol: the operation stands in a header, the input is the payload. */
export interface JsonCall {
  /** `SendMessage` from `x-amz-target: AmazonSQS.SendMessage`. */
  readonly operation: string;
  readonly input: JsonInput;
}

/**
 * Reads a call of the JSON protocol (https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html).
 * Throws an AwsError for a target of another service, a payload over `limit` bytes or one that is no JSON object.
 */
export async function readJsonCall(request: AwsRequest, service: string, limit: number): Promise<JsonCall> {
  const target = request.headers["x-amz-target"];
  const [prefix, operation] = typeof target === "string" ? target.split(".") : [];
  if (prefix !== service || !operation) {
    const got = typeof target === "string" ? target : "nothing";
    throw new AwsError("UnknownOperationException", `x-amz-target must be ${service}.<operation>, got ${got}.`);
  }
  const body = await readBody(request, limit);
  return { operation, input: new JsonInput(parseObject(body)) };
}

/** The whole payload; throws `RequestEntityTooLargeException` (413) past `limit` bytes. */
export async function readBody(request: AwsRequest, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.body) {
    const buffer = typeof chunk === "string" ? Buffer.from(chunk) : (chunk as Buffer);
    bytes += buffer.length;
    if (bytes > limit) {
      throw new AwsError("RequestEntityTooLargeException", `The payload is over the limit of ${limit} bytes.`, 413);
    }
    chunks.push(buffer);
  }
  return Buffer.concat(chunks);
}

/** An answer of the JSON protocol. */
export function jsonAnswer(value: unknown, version: "1.0" | "1.1" = "1.0"): AwsResponse {
  return {
    status: 200,
    headers: { "content-type": `application/x-amz-json-${version}` },
    body: JSON.stringify(value),
  };
}

/** Typed access to the members of an input; a member of the wrong type is the caller's mistake. */
export class JsonInput {
  constructor(readonly members: Readonly<Record<string, unknown>>) {}

  text(name: string): string {
    const value = this.optionalText(name);
    if (!value) throw invalid(name, "a string that is not empty", this.members[name]);
    return value;
  }

  optionalText(name: string): string | undefined {
    const value = this.members[name] ?? undefined;
    if (value !== undefined && typeof value !== "string") throw invalid(name, "a string", value);
    return value;
  }

  optionalBoolean(name: string): boolean | undefined {
    const value = this.members[name] ?? undefined;
    if (value !== undefined && typeof value !== "boolean") throw invalid(name, "a boolean", value);
    return value;
  }

  /** A whole number within bounds, both included. */
  optionalInteger(name: string, minimum: number, maximum: number): number | undefined {
    const value = this.members[name] ?? undefined;
    if (value === undefined) return undefined;
    if (!Number.isInteger(value) || (value as number) < minimum || (value as number) > maximum) {
      throw invalid(name, `a whole number from ${minimum} to ${maximum}`, value);
    }
    return value as number;
  }

  /** Members that are objects, of a list; an absent list is empty. */
  objects(name: string): JsonInput[] {
    return this.list(name).map((value) => {
      if (!isObject(value)) throw invalid(name, "a list of objects", value);
      return new JsonInput(value);
    });
  }

  texts(name: string): string[] {
    return this.list(name).map((value) => {
      if (typeof value !== "string") throw invalid(name, "a list of strings", value);
      return value;
    });
  }

  object(name: string): JsonInput {
    const value = this.members[name] ?? {};
    if (!isObject(value)) throw invalid(name, "an object", value);
    return new JsonInput(value);
  }

  private list(name: string): unknown[] {
    const value = this.members[name] ?? [];
    if (!Array.isArray(value)) throw invalid(name, "a list", value);
    return value as unknown[];
  }
}

/** Whether a value is an object that JSON writes in braces. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseObject(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    if (isObject(value)) return value;
  } catch {
    // falls through: not JSON at all is the same mistake as JSON of another kind
  }
  throw new AwsError("SerializationException", "The payload must be a JSON object.");
}

/** Names the kind of what was got, never its content: it may be a password. */
function invalid(name: string, expected: string, got: unknown): AwsError {
  const kind = got === undefined || got === null ? "nothing" : Array.isArray(got) ? "a list" : `a ${typeof got}`;
  const shown = typeof got === "number" ? String(got) : kind;
  return new AwsError("InvalidParameterException", `${name} must be ${expected}, got ${shown}.`);
}
