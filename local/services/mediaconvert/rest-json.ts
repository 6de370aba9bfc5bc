import { AwsError, type AwsRequest, type AwsResponse } from "../../kernel/aws-service";
import { readBody } from "../json-protocol";

export type Operation =
  | "createJob"
  | "getJob"
  | "listJobs"
  | "cancelJob"
  | "getJobTemplate"
  | "listJobTemplates"
  | "getQueue"
  | "listQueues"
  | "probe"
  | "describeEndpoints";

/** Method, collection, and whether one member of it is named. */
const ROUTES: Readonly<Record<string, Operation>> = {
  "POST jobs": "createJob",
  "GET jobs": "listJobs",
  "GET jobs/": "getJob",
  "DELETE jobs/": "cancelJob",
  "GET jobTemplates": "listJobTemplates",
  "GET jobTemplates/": "getJobTemplate",
  "GET queues": "listQueues",
  "GET queues/": "getQueue",
  "POST probe": "probe",
  "POST endpoints": "describeEndpoints",
};

/** Settings of a job are some tens of kilobytes. */
const BODY_LIMIT = 1024 * 1024;

export interface RestCall {
  readonly operation: Operation;
  /** The name or id in the path, decoded; empty where the path names a collection. */
  readonly subject: string;
  readonly body: unknown;
}

/** Reads a call of MediaConvert's REST-JSON API; throws NotFoundException for what is not served. */
export async function readRequest(request: AwsRequest): Promise<RestCall> {
  const path = /^\/2017-08-29\/([A-Za-z]+)(?:\/([^/]+))?\/?$/.exec(request.path);
  const operation = path && ROUTES[`${request.method} ${path[1]}${path[2] === undefined ? "" : "/"}`];
  if (!path || !operation) {
    throw new AwsError("NotFoundException", `${request.method} ${request.path} is not served locally`, 404);
  }
  return { operation, subject: decode(path[2] ?? ""), body: parse(await readBody(request, BODY_LIMIT)) };
}

/** An error in REST-JSON: its code in a header, its message in the body. */
export function errorAnswer({ code, message, status }: AwsError): AwsResponse {
  return {
    status,
    headers: { "content-type": "application/json", "x-amzn-errortype": code },
    body: JSON.stringify({ message }),
  };
}

function parse(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new AwsError("BadRequestException", "The request's body must be JSON.");
  }
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AwsError("BadRequestException", `The path holds an invalid escape: ${text}`);
  }
}
