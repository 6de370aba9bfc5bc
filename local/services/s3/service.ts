import { resolve } from "node:path";
import {
  AwsError,
  type Authorize,
  type AwsRequest,
  type AwsResponse,
  type AwsService,
  type Permits,
  type UnopenedRequest,
} from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { EventBus } from "../../kernel/event-bus";
import type { ObjectStore } from "../../kernel/object-store";
import type { Origin } from "../../gateway/route";
import { block, type Deployment } from "../../terraform/deployment";
import { encryptionKeys } from "../../terraform/encryption-keys";
import { keyUse } from "../key-use";
import { openBucket, type BucketSettings } from "./bucket";
import type { S3Context } from "./context";
import { bucketEncryption } from "./encryption";
import { corsHeaders, corsPreflight, corsRules } from "./cors";
import { localObjectStore } from "./local-object-store";
import { bucketNamed, bucketOfHost, parseCall } from "./parse-call";
import { routeCall } from "./router";
import { Sequencer } from "./sequencer";
import { isObject } from "./version";

export interface S3Options {
  readonly deployment: Deployment;
  /** Buckets of other stacks, without versions and events. */
  readonly extraBuckets?: readonly string[];
  /** Holds a directory for each bucket. */
  readonly directory: string;
  readonly authorize: Authorize;
  /** What tells a missing object from a forbidden one; everybody may list when left out. */
  readonly permits?: Permits;
  readonly bus: EventBus;
  readonly clock: Clock;
  /** Cryptographically random bytes. */
  readonly random: (bytes: number) => Buffer;
}

export interface S3Service extends AwsService, ObjectStore {
  /** The same service under `<bucket>.s3.<region>.amazonaws.com`, where CloudFront looks for it. */
  readonly origin: Origin;
}

/** S3 on the file system, with the buckets of the deployment. Nothing is public: who does not sign is refused. */
export function createS3Service(options: S3Options): S3Service {
  const context = openContext(options);
  const rulesFor = (request: UnopenedRequest) => context.buckets.get(bucketNamed(request))?.cors;
  const handle = async (request: AwsRequest): Promise<AwsResponse> => {
    // Through the edge too, which hands OPTIONS on to its origin.
    if (request.method === "OPTIONS") return corsPreflight(rulesFor(request) ?? [], request);
    if (request.principal.kind === "anonymous") throw new AwsError("AccessDenied", "Access Denied", 403);
    return routeCall(context, parseCall(request));
  };
  const matches = (host: string): boolean => context.buckets.has(bucketOfHost(host) ?? "");
  return {
    name: "s3",
    handle,
    preflight(request) {
      const rules = rulesFor(request);
      return rules && corsPreflight(rules, request);
    },
    corsHeaders: (request) => corsHeaders(rulesFor(request) ?? [], request),
    ...localObjectStore(context),
    origin: { name: "s3", matches, handle },
  };
}

function openContext(options: S3Options): S3Context {
  const { deployment, authorize, bus, clock, random } = options;
  // Programs are given the paths of objects, and may run in another directory.
  const directory = resolve(options.directory);
  const settings = [...deployedBuckets(deployment), ...(options.extraBuckets ?? []).map(extraBucket)];
  const buckets = new Map(settings.map((each) => [each.name, openBucket(each, directory, random)]));
  const earlier = [...buckets.values()].flatMap(({ index }) => [...index.all()].filter(isObject));
  const sequencer = new Sequencer(
    clock,
    earlier.map((version) => version.sequencer),
  );
  const { account, region } = deployment;
  return {
    account,
    region,
    buckets,
    sequencer,
    authorize,
    permits: options.permits ?? (() => true),
    encryption: bucketEncryption(deployment),
    useKey: keyUse(authorize, account, region, "s3"),
    keyArnOf: encryptionKeys(deployment).arnOf,
    bus,
    clock,
    random,
  };
}

function deployedBuckets(deployment: Deployment): BucketSettings[] {
  const names = (type: string, chosen: (values: Readonly<Record<string, unknown>>) => boolean) =>
    new Set(deployment.all(type).flatMap(({ values }) => (chosen(values) ? [String(values.bucket)] : [])));
  const eventful = names("aws_s3_bucket_notification", ({ eventbridge }) => eventbridge === true);
  const versioned = names(
    "aws_s3_bucket_versioning",
    (values) => block(values, "versioning_configuration")?.status === "Enabled",
  );
  return deployment.all("aws_s3_bucket").map(({ values }) => {
    const name = String(values.bucket);
    return { name, versioned: versioned.has(name), eventbridge: eventful.has(name), cors: corsRules(deployment, name) };
  });
}

function extraBucket(name: string): BucketSettings {
  return { name, versioned: false, eventbridge: false, cors: [] };
}
