import { join } from "node:path";
import { AwsError, type Authorize, type AwsRequest, type AwsResponse, type AwsService } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { EventBus } from "../../kernel/event-bus";
import type { ObjectStore } from "../../kernel/object-store";
import type { Deployment } from "../../terraform/deployment";
import { roleSessions } from "../role-sessions";
import { JobEvents } from "./job-events";
import { JobRunner } from "./job-runner";
import { JobStore } from "./job-store";
import { Operations } from "./operations";
import { mediaConvertResources } from "./resources";
import { errorAnswer, readRequest } from "./rest-json";

export interface MediaConvertOptions {
  readonly deployment: Deployment;
  readonly objects: ObjectStore;
  readonly events: EventBus;
  readonly authorize: Authorize;
  readonly clock: Clock;
  /** Six lower-case letters, different each time: the end of a job's id. */
  readonly newSuffix: () => string;
  /** Kept from start to start. */
  readonly stateDirectory: string;
  /** Path of the program, from `findFfmpeg`. */
  readonly ffmpeg: string;
  /** Address of the gateway, which `DescribeEndpoints` answers with. */
  readonly endpoint: string;
}

export interface MediaConvert extends AwsService {
  /** Takes up the jobs that were not finished when the platform stopped; call it once, when others can answer. */
  start(): void;
  /** Stops the encoder; its job is run again after the next start. */
  stop(): Promise<void>;
  /** Resolves when no job waits or runs. */
  idle(): Promise<void>;
}

/**
 * MediaConvert on one machine: the templates and queues of the deployment, and jobs run by ffmpeg one at a time.
 */
export function createMediaConvert(options: MediaConvertOptions): MediaConvert {
  const { deployment, objects, clock, ffmpeg, stateDirectory } = options;
  const store = new JobStore(join(stateDirectory, "jobs"));
  const unfinished = store.all(); // Before the first request: a job made since is in the queue already.
  const events = new JobEvents(options.events, clock, deployment.account);
  const workDirectory = join(stateDirectory, "work");
  const assume = roleSessions(options.authorize, clock, "mediaconvert.amazonaws.com");
  const runner = new JobRunner({ store, events, objects, assume, clock, ffmpeg, workDirectory });
  const operations = new Operations({ ...options, store, runner, resources: mediaConvertResources(deployment) });
  return {
    name: "mediaconvert",
    start() {
      for (const { id, status } of unfinished) {
        if (status === "SUBMITTED" || status === "PROGRESSING") runner.enqueue(id);
      }
    },
    stop: () => runner.stop(),
    idle: () => runner.idle(),
    handle: (request) => answer(operations, request),
  };
}

async function answer(operations: Operations, request: AwsRequest): Promise<AwsResponse> {
  try {
    const { operation, subject, body } = await readRequest(request);
    const { status, value } = await operations[operation]({
      subject,
      body,
      query: request.query,
      caller: request.principal,
    });
    return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(value) };
  } catch (error) {
    if (error instanceof AwsError) return errorAnswer(error);
    throw error;
  }
}
