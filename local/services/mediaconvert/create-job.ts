import { AwsError } from "../../kernel/aws-service";
import { isObject } from "../json-protocol";
import type { Job } from "./job";
import type { JobSettings } from "./model";
import { At, refuseProblems } from "./problems";
import type { JobTemplate, MediaConvertResources, Queue } from "./resources";
import { validateSettings } from "./validate-settings";

/** What a CreateJob request asks for, complete and checked. */
export type NewJob = Pick<
  Job,
  "role" | "queue" | "jobTemplate" | "priority" | "clientRequestToken" | "userMetadata" | "settings"
> & { readonly template?: JobTemplate };

const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/.+$/;

/**
 * Reads a CreateJob request as MediaConvert does: settings of a template stand where the request has none.
 *
 * @throws AwsError BadRequestException that names every path at fault
 */
export function readNewJob(request: unknown, resources: MediaConvertResources): NewJob {
  if (!isObject(request)) throw new AwsError("BadRequestException", "the request must be a JSON object");
  const template = templateOf(request.jobTemplate, resources);
  const queue = queueOf(request.queue ?? template?.queue ?? "Default", resources);
  const settings = { ...template?.settings, ...(isObject(request.settings) ? request.settings : {}) };
  const problems: string[] = [];
  const root = At.root({ ...request, settings }, problems);
  const role = root.member("role");
  if (role.text() !== undefined && !ROLE.test(String(role.value))) {
    role.refuse(`must be the ARN of an IAM role, got ${JSON.stringify(role.value)}`);
  }
  root.member("priority").integer(-50, 50);
  const token = root.member("clientRequestToken");
  if (token.present && (token.text()?.length ?? 0) > 64) token.refuse("must be 64 characters at most");
  for (const [name, value] of root.member("userMetadata").entries()) {
    if (typeof value.value !== "string") value.refuse(`must be a string (${name})`);
  }
  validateSettings(root.member("settings"));
  refuseProblems(problems);
  return {
    role: request.role as string,
    queue: queue.arn,
    jobTemplate: template?.name,
    template,
    priority: typeof request.priority === "number" ? request.priority : (template?.priority ?? 0),
    clientRequestToken: typeof request.clientRequestToken === "string" ? request.clientRequestToken : undefined,
    userMetadata: (isObject(request.userMetadata) ? request.userMetadata : {}) as Record<string, string>,
    settings: settings as unknown as JobSettings,
  };
}

/** Templates and queues are named by name or ARN. */
function templateOf(given: unknown, { templates }: MediaConvertResources): JobTemplate | undefined {
  if (given === undefined || given === null) return undefined;
  const found = templates.find(({ name, arn }) => given === name || given === arn);
  if (!found) throw new AwsError("NotFoundException", `The job template does not exist: ${JSON.stringify(given)}`, 404);
  return found;
}

function queueOf(given: unknown, { queues }: MediaConvertResources): Queue {
  const found = queues.find(({ name, arn }) => given === name || given === arn);
  if (found) return found;
  const names = queues.map(({ name }) => name).join(", ");
  throw new AwsError(
    "BadRequestException",
    `/queue: names no queue of this account (${names}), got ${JSON.stringify(given)}`,
  );
}
