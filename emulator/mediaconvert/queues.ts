import { AwsError, type AwsRequest, type AwsResponse, type AwsService } from "../../local/kernel/aws-service";
import { documentOf, json } from "../json";

interface Queue {
  readonly arn: string;
  readonly name: string;
  readonly pricingPlan: string;
  readonly createdAt: number;
  description?: string;
  status: string;
  concurrentJobs?: number;
  reservationPlan?: unknown;
}

export interface QueuesPlace {
  readonly account: string;
  readonly region: string;
}

export interface MediaConvertQueues extends AwsService {
  /** `queue/<name>` of every queue that was made. */
  names(): string[];
}

/** MediaConvert's queues, the one thing of it that Terraform manages by itself. Jobs run on the local platform. */
export function createMediaConvertQueues(place: QueuesPlace): MediaConvertQueues {
  const queues = new Map<string, Queue>();
  const tags = new Map<string, Record<string, string>>();
  return {
    name: "mediaconvert",
    names: () => [...queues.keys()].map((name) => `queue/${name}`).sort(),
    async handle(request) {
      const [, , collection, ...rest] = request.path.split("/").map(decodeURIComponent);
      const id = rest.join("/");
      if (collection === "tags") return tagCall(tags, request, id);
      if (collection === "queues") return queueCall(queues, tags, place, request, id);
      throw unanswered(request);
    },
  };
}

async function queueCall(
  queues: Map<string, Queue>,
  tags: Map<string, Record<string, string>>,
  place: QueuesPlace,
  request: AwsRequest,
  name: string,
): Promise<AwsResponse> {
  if (request.method === "POST" && name === "") return create(queues, tags, place, await documentOf(request));
  const queue = queues.get(name);
  if (!queue) throw new AwsError("NotFoundException", `The queue "${name}" doesn't exist.`, 404);
  switch (request.method) {
    case "GET":
      return json(200, { queue });
    case "PUT": {
      const { description, status, concurrentJobs } = (await documentOf(request)) as Partial<Queue>;
      Object.assign(queue, { description, concurrentJobs, status: status ?? queue.status });
      return json(200, { queue });
    }
    case "DELETE":
      queues.delete(name);
      tags.delete(queue.arn);
      return json(202, {});
    default:
      throw unanswered(request);
  }
}

function create(
  queues: Map<string, Queue>,
  tags: Map<string, Record<string, string>>,
  { account, region }: QueuesPlace,
  given: Record<string, unknown>,
): AwsResponse {
  const { name, description, pricingPlan = "ON_DEMAND", status = "ACTIVE", concurrentJobs } = given as Partial<Queue>;
  if (!name) throw new AwsError("BadRequestException", "A queue needs a name.");
  if (queues.has(name)) throw new AwsError("ConflictException", `A queue named "${name}" already exists.`, 409);
  const arn = `arn:aws:mediaconvert:${region}:${account}:queues/${name}`;
  const createdAt = Math.floor(Date.now() / 1000);
  const settings = given.reservationPlanSettings;
  const queue: Queue = {
    arn,
    name,
    description,
    pricingPlan,
    status,
    concurrentJobs,
    createdAt,
    ...(settings ? { reservationPlan: { ...settings, status: "ACTIVE" } } : {}),
  };
  queues.set(name, queue);
  tags.set(arn, (given.tags ?? {}) as Record<string, string>);
  return json(201, { queue });
}

async function tagCall(
  tags: Map<string, Record<string, string>>,
  request: AwsRequest,
  arn: string,
): Promise<AwsResponse> {
  const given = request.method === "GET" ? {} : await documentOf(request);
  const resource = arn || String(given.arn);
  const present = tags.get(resource) ?? {};
  if (request.method === "POST") tags.set(resource, { ...present, ...(given.tags as Record<string, string>) });
  if (request.method === "PUT") for (const key of (given.tagKeys ?? []) as string[]) delete present[key];
  return json(200, { resourceTags: { arn: resource, tags: tags.get(resource) ?? {} } });
}

function unanswered({ method, path }: AwsRequest): AwsError {
  return new AwsError(
    "NotFoundException",
    `${method} ${path} is not answered by the emulator: add it to emulator/mediaconvert`,
    404,
  );
}
