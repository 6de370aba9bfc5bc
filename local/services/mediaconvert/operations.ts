import { AwsError, type Authorize, type ConditionContext, type Principal } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { ObjectStore } from "../../kernel/object-store";
import type { Deployment } from "../../terraform/deployment";
import { isObject } from "../json-protocol";
import { readNewJob } from "./create-job";
import { jobOnTheWire, type Job } from "./job";
import type { JobRunner } from "./job-runner";
import type { JobStore } from "./job-store";
import { answerProbe } from "./probe-operation";
import type { JobTemplate, MediaConvertResources, Queue } from "./resources";
import type { Operation } from "./rest-json";

export interface OperationsOptions {
  readonly deployment: Deployment;
  readonly objects: ObjectStore;
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly newSuffix: () => string;
  readonly ffmpeg: string;
  readonly endpoint: string;
  readonly store: JobStore;
  readonly runner: JobRunner;
  readonly resources: MediaConvertResources;
}

interface Call {
  readonly subject: string;
  readonly body: unknown;
  readonly query: URLSearchParams;
  readonly caller: Principal;
}

interface Answer {
  readonly status: number;
  readonly value: unknown;
}

/** How long a ClientRequestToken stands for the job it made. */
const TOKEN_MS = 60_000;

/** The API's operations, each authorised before it acts. */
export class Operations implements Record<Operation, (call: Call) => Answer | Promise<Answer>> {
  constructor(private readonly options: OperationsOptions) {}

  createJob({ body, caller }: Call): Answer {
    const { store, runner, authorize, clock, resources } = this.options;
    const { template, ...wanted } = readNewJob(body, resources);
    const tags = tagConditions(body);
    authorize(caller, "mediaconvert:CreateJob", wanted.queue, tags);
    if (template) authorize(caller, "mediaconvert:CreateJob", template.arn, tags);
    authorize(caller, "iam:PassRole", wanted.role, { "iam:PassedToService": "mediaconvert.amazonaws.com" });
    const now = clock();
    const same = store
      .all()
      .find(
        ({ clientRequestToken: token, createdAt }) =>
          token && token === wanted.clientRequestToken && now - createdAt < TOKEN_MS,
      );
    if (same) return { status: 201, value: { job: jobOnTheWire(same) } };
    const id = `${now}-${this.options.newSuffix()}`;
    const arn = this.arn(`jobs/${id}`);
    if (Object.keys(tags).length > 0) authorize(caller, "mediaconvert:TagResource", arn, tags);
    const job = store.save({ ...wanted, id, arn, status: "SUBMITTED", createdAt: now });
    runner.enqueue(id);
    return { status: 201, value: { job: jobOnTheWire(job) } };
  }

  getJob({ subject, caller }: Call): Answer {
    this.options.authorize(caller, "mediaconvert:GetJob", this.arn(`jobs/${subject}`));
    return { status: 200, value: { job: jobOnTheWire(this.job(subject)) } };
  }

  listJobs({ query, caller }: Call): Answer {
    const queue = query.get("queue");
    const of = queue === null ? undefined : this.queue(queue).arn;
    this.options.authorize(caller, "mediaconvert:ListJobs", of ?? this.arn("queues/*"));
    const jobs = this.options.store
      .all()
      .filter((job) => (of === undefined || job.queue === of) && (query.get("status") ?? job.status) === job.status);
    if (query.get("order") !== "ASCENDING") jobs.reverse();
    return { status: 200, value: page(jobs, query, "jobs", jobOnTheWire) };
  }

  cancelJob({ subject, caller }: Call): Answer {
    this.options.authorize(caller, "mediaconvert:CancelJob", this.arn(`jobs/${subject}`));
    const { status } = this.job(subject);
    if (status !== "SUBMITTED" && status !== "PROGRESSING") {
      throw new AwsError("ConflictException", `Job ${subject} cannot be canceled: its status is ${status}`, 409);
    }
    this.options.runner.cancel(subject);
    return { status: 202, value: {} };
  }

  getJobTemplate({ subject, caller }: Call): Answer {
    this.options.authorize(caller, "mediaconvert:GetJobTemplate", this.arn(`jobTemplates/${subject}`));
    const found = this.options.resources.templates.find(({ name, arn }) => subject === name || subject === arn);
    if (!found) throw new AwsError("NotFoundException", `The job template does not exist: ${subject}`, 404);
    return { status: 200, value: { jobTemplate: templateOnTheWire(found) } };
  }

  listJobTemplates({ query, caller }: Call): Answer {
    this.options.authorize(caller, "mediaconvert:ListJobTemplates", "*");
    return { status: 200, value: page(this.options.resources.templates, query, "jobTemplates", templateOnTheWire) };
  }

  getQueue({ subject, caller }: Call): Answer {
    this.options.authorize(caller, "mediaconvert:GetQueue", this.arn(`queues/${subject}`));
    return { status: 200, value: { queue: this.queueOnTheWire(this.queue(subject)) } };
  }

  listQueues({ query, caller }: Call): Answer {
    this.options.authorize(caller, "mediaconvert:ListQueues", "*");
    return {
      status: 200,
      value: page(this.options.resources.queues, query, "queues", (queue) => this.queueOnTheWire(queue)),
    };
  }

  async probe({ body, caller }: Call): Promise<Answer> {
    this.options.authorize(caller, "mediaconvert:Probe", "*");
    return { status: 200, value: await answerProbe(body, caller, this.options) };
  }

  describeEndpoints({ caller }: Call): Answer {
    this.options.authorize(caller, "mediaconvert:DescribeEndpoints", "*");
    return { status: 200, value: { endpoints: [{ url: this.options.endpoint }] } };
  }

  private arn(resource: string): string {
    const { region, account } = this.options.deployment;
    return `arn:aws:mediaconvert:${region}:${account}:${resource}`;
  }

  private job(id: string): Job {
    const job = this.options.store.get(id);
    if (!job) throw new AwsError("NotFoundException", `The job does not exist: ${id}`, 404);
    return job;
  }

  private queue(given: string): Queue {
    const found = this.options.resources.queues.find(({ name, arn }) => given === name || given === arn);
    if (!found) throw new AwsError("NotFoundException", `The queue does not exist: ${given}`, 404);
    return found;
  }

  private queueOnTheWire(queue: Queue): unknown {
    const jobs = this.options.store.all().filter((job) => job.queue === queue.arn);
    const count = (status: Job["status"]) => jobs.filter((job) => job.status === status).length;
    return { ...queue, submittedJobsCount: count("SUBMITTED"), progressingJobsCount: count("PROGRESSING") };
  }
}

/** Condition keys of the tags that a request gives; empty where it gives none. */
function tagConditions(body: unknown): ConditionContext {
  const tags = isObject(body) && isObject(body.tags) ? Object.entries(body.tags) : [];
  if (tags.length === 0) return {};
  const values = tags.map(([name, value]) => [`aws:RequestTag/${name}`, String(value)] as const);
  return { "aws:TagKeys": tags.map(([name]) => name), ...Object.fromEntries<string>(values) };
}

function templateOnTheWire(template: JobTemplate): unknown {
  return { ...template, type: "CUSTOM", statusUpdateInterval: "SECONDS_60" };
}

/** One page of a listing (`maxResults` 1-20, by default 20); the token is the position of the next. */
function page<T>(all: readonly T[], query: URLSearchParams, name: string, render: (item: T) => unknown): unknown {
  const from = Number(query.get("nextToken") ?? 0);
  const size = Number(query.get("maxResults") ?? 20);
  if (!Number.isInteger(from) || from < 0)
    throw new AwsError("BadRequestException", "/nextToken: is not one of this listing");
  if (!(size >= 1 && size <= 20))
    throw new AwsError("BadRequestException", `/maxResults: must be from 1 to 20, got ${size}`);
  const next = from + size < all.length ? String(from + size) : undefined;
  return { [name]: all.slice(from, from + size).map(render), nextToken: next };
}
