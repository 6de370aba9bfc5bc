import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Readable } from "node:stream";
import { MediaConvertClient } from "@aws-sdk/client-mediaconvert";
import type { HttpRequest } from "@smithy/types";
import { AwsError, type AwsService, type Principal } from "../../../../local/kernel/aws-service";
import type { EventEntry } from "../../../../local/kernel/event-bus";
import type { ObjectInfo, ObjectStore } from "../../../../local/kernel/object-store";
import { findFfmpeg } from "../../../../local/media/ffmpeg-find";
import { createMediaConvert, type MediaConvert } from "../../../../local/services/mediaconvert/media-convert";
import type { Deployment, Resource } from "../../../../local/terraform/deployment";

export const ROLE = "arn:aws:iam::000000000000:role/vod-mediaconvert-local";
export const QUEUE = "arn:aws:mediaconvert:eu-west-1:000000000000:queues/vod-local";
export const NOW = 1_700_000_000_000;

/** The npm-packaged program, or undefined where the optional dependency is absent. */
export function packagedFfmpeg(): string | undefined {
  try {
    return findFfmpeg({ cacheDirectory: join(tmpdir(), "vod-test-ffmpeg"), searchPath: "" });
  } catch {
    return undefined;
  }
}

/** Objects as files; refuses whoever is not the role, as the bucket's policy would. */
export class FileObjects implements ObjectStore {
  readonly types = new Map<string, string | undefined>();

  constructor(readonly directory: string) {}

  async put(as: Principal, bucket: string, key: string, body: Buffer | Readable, options?: { contentType?: string }) {
    if (as.arn !== ROLE) throw new AwsError("AccessDenied", "Access Denied", 403);
    this.write(bucket, key, Buffer.isBuffer(body) ? body : Buffer.concat((await body.toArray()) as Buffer[]));
    this.types.set(`${bucket}/${key}`, options?.contentType);
    return this.head(as, bucket, key);
  }

  write(bucket: string, key: string, body: Buffer | string): void {
    const path = join(this.directory, bucket, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, body);
  }

  async read(as: Principal, bucket: string, key: string): Promise<Buffer> {
    return readFileSync(await this.file(as, bucket, key));
  }

  async head(as: Principal, bucket: string, key: string): Promise<ObjectInfo> {
    const { length: size } = await this.read(as, bucket, key);
    const lastModified = new Date(NOW);
    return { bucket, key, size, etag: "e7", versionId: "v1", lastModified, contentType: "video/mp4" };
  }

  region(): Promise<string> {
    throw new Error("nothing here asks where a bucket is");
  }

  payer(): Promise<"BucketOwner"> {
    throw new Error("nothing here asks who pays");
  }

  list(): Promise<ObjectInfo[]> {
    throw new Error("nothing here lists objects");
  }

  async file(as: Principal, bucket: string, key: string): Promise<string> {
    if (as.kind === "anonymous") throw new AwsError("AccessDenied", "Access Denied", 403);
    const path = join(this.directory, bucket, key);
    try {
      readFileSync(path);
    } catch {
      throw new AwsError("NoSuchKey", "The specified key does not exist.", 404);
    }
    return path;
  }

  text(bucket: string, key: string): string {
    return readFileSync(join(this.directory, bucket, key), "utf8");
  }
}

export function deploymentOf(template: Readonly<Record<string, unknown>>): Deployment {
  const template_body = JSON.stringify({
    Resources: { Ladder: { Type: "AWS::MediaConvert::JobTemplate", Properties: template } },
  });
  const resources: Resource[] = [
    { type: "aws_cloudformation_stack", name: "job_template", address: "", values: { template_body } },
    { type: "aws_media_convert_queue", name: "vod", address: "", values: { name: "vod-local", arn: QUEUE } },
  ];
  return {
    account: "000000000000",
    region: "eu-west-1",
    all: (type) => resources.filter((resource) => resource.type === type),
    get: (address) => {
      throw new Error(`${address} is not in the test's deployment`);
    },
  };
}

export interface Harness {
  readonly service: MediaConvert;
  readonly client: MediaConvertClient;
  readonly objects: FileObjects;
  readonly events: EventEntry[];
  readonly calls: string[];
  readonly directory: string;
  now: number;
  /** A second service on the same state, as after a restart. */
  restart(): MediaConvert;
  remove(): Promise<void>;
}

export function harness(
  ffmpeg: string,
  template: Readonly<Record<string, unknown>> = { Name: "t", SettingsJson: {} },
): Harness {
  const directory = mkdtempSync(join(tmpdir(), "vod-mediaconvert-"));
  const objects = new FileObjects(join(directory, "s3"));
  const events: EventEntry[] = [];
  const calls: string[] = [];
  let jobs = 0;
  const start = () =>
    createMediaConvert({
      deployment: deploymentOf(template),
      objects,
      events: { publish: (entry) => events.push(entry) },
      authorize: (_principal, action, resource) => calls.push(`${action} ${resource}`),
      clock: () => made.now,
      newSuffix: () => "abcde" + "fghijkl"[jobs++],
      stateDirectory: join(directory, "state"),
      ffmpeg,
      endpoint: "http://127.0.0.1:1",
    });
  const services: MediaConvert[] = [];
  const restart = () => {
    const service = start();
    services.push(service);
    service.start();
    return service;
  };
  const made: Harness = {
    now: NOW,
    objects, events, calls, directory, restart,
    service: undefined as unknown as MediaConvert,
    client: undefined as unknown as MediaConvertClient,
    async remove() {
      for (const service of services) await service.stop();
      rmSync(directory, { recursive: true });
    },
  }; // prettier-ignore
  const service = restart();
  return Object.assign(made, { service, client: clientOf(service) });
}

/** The real client, its requests handed to the service without a network. */
function clientOf(service: AwsService): MediaConvertClient {
  return new MediaConvertClient({
    region: "eu-west-1",
    endpoint: "http://127.0.0.1:1",
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "example" },
    maxAttempts: 1,
    requestHandler: {
      async handle({ method, path, query, headers, body }: HttpRequest) {
        const answer = await service.handle({
          method, path, headers, host: "127.0.0.1",
          query: new URLSearchParams(query as Record<string, string>),
          body: Readable.from(body === undefined ? [] : [Buffer.from(new Uint8Array(body as Uint8Array))]),
          principal: { kind: "role", arn: ROLE },
        }); // prettier-ignore
        const text = answer.body as string;
        return {
          response: { statusCode: answer.status, headers: answer.headers as Record<string, string>, body: Readable.from([Buffer.from(text)]) },
        }; // prettier-ignore
      },
    },
  });
}
