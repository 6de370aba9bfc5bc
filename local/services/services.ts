import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import type { CredentialRegistry } from "../gateway/credentials";
import type { Gateway } from "../gateway/gateway";
import type { Authorize, Permits, Principal } from "../kernel/aws-service";
import type { EventBus, EventEntry } from "../kernel/event-bus";
import type { ObjectStore } from "../kernel/object-store";
import { artifactsBucket } from "../provision";
import type { Deployment } from "../terraform/deployment";
import { createApiGateway } from "./api-gateway/api-gateway";
import { createCloudFront } from "./cloudfront/cloudfront";
import { type CloudWatch, createCloudWatch } from "./cloudwatch/cloudwatch";
import { measureDelivery, measureEgress, measureInvocation, measureJob } from "./cloudwatch/service-metrics";
import { createCognito, type Cognito } from "./cognito/cognito";
import { createDynamoDbService } from "./dynamodb/service";
import { createEventBridge } from "./eventbridge/event-bridge";
import { routeTargets } from "./eventbridge/targets";
import { createFirehose } from "./firehose/firehose";
import { createLambda } from "./lambda/lambda";
import { createMediaConvert } from "./mediaconvert/media-convert";
import { startMediaPackage } from "./mediapackage/media-package";
import { createS3Service } from "./s3/service";
import { createSecretsManager, type SecretsManagerService } from "./secrets-manager/service";
import { publishToFiles } from "./sns/publish";
import { createSqs } from "./sqs/sqs";
import { systemTimers } from "./timers";
import { createWafv2, type Wafv2 } from "./wafv2/wafv2";

export interface ServicesOptions {
  readonly deployment: Deployment;
  readonly gateway: Gateway;
  readonly credentials: CredentialRegistry;
  readonly authorize: Authorize;
  readonly permits: Permits;
  /** Who deploys: Lambda reads a function's code in the name of whoever makes the function. */
  readonly operator: Principal;
  readonly state: string;
  readonly ffmpeg: string;
  /** Drops what the edge keeps of some paths. */
  readonly invalidate: (paths: readonly string[]) => void;
  readonly onTrouble: (message: string) => void;
  readonly onEvent: (event: EventEntry) => void;
}

export interface Services {
  readonly store: ObjectStore;
  readonly cognito: Cognito;
  readonly secrets: SecretsManagerService;
  readonly cloudWatch: CloudWatch;
  /** Firewall rules that no plan holds. */
  readonly operatedRules: Wafv2["operatedRules"];
  /** Starts schedules, and takes up what an earlier run left unfinished. */
  start(): void;
  stop(): Promise<void>;
}

/** Starts every service of the stack and registers it with the gateway. */
export async function startServices(options: ServicesOptions): Promise<Services> {
  const { deployment, gateway, credentials, authorize, state, onTrouble } = options;
  const common = { deployment, authorize, clock: Date.now, ids: randomUUID, timers: systemTimers };
  const directory = (name: string): string => join(state, name);

  const sqs = createSqs({ ...common, directory: directory("sqs") });
  const cloudWatch = createCloudWatch({
    ...common,
    file: join(directory("cloudwatch"), "alarms.jsonl"),
    queueDepths: sqs.depths,
  });
  const { measure } = cloudWatch;
  const secrets = createSecretsManager({
    ...common,
    directory: directory("secrets"),
    random: randomBytes,
    newId: randomUUID,
  });
  const cognito = createCognito({ ...common, directory: directory("cognito") });
  const dynamodb = await createDynamoDbService({ ...common, directory: directory("dynamodb"), random: randomBytes });

  const eventBridge = createEventBridge({
    ...common,
    deliver: routeTargets({
      lambda: (principal, arn, event) => void lambda.invokeAsync(principal, arn, event),
      sns: publishToFiles({ ...common, directory: directory("sns") }),
    }),
    deadLetters: sqs.send,
    onLost: onTrouble,
  });
  const bus: EventBus = {
    publish(event) {
      options.onEvent(event);
      measureJob(measure, event, Date.now());
      eventBridge.publish(event);
    },
  };
  const s3 = createS3Service({
    ...common,
    bus,
    permits: options.permits,
    directory: directory("s3"),
    extraBuckets: [artifactsBucket(deployment)],
    random: randomBytes,
  });
  const lambda = createLambda({
    ...common,
    directory: directory("lambda"),
    endpoint: gateway.address,
    fetchZip: (bucket, key) => s3.read(options.operator, bucket, key),
    credentialsFor: (principal) => credentials.issue({ principal }),
    send: sqs.send,
    onLost: onTrouble,
    watch: {
      logged: cloudWatch.logged,
      invoked: (name, failed) => measureInvocation(measure, name, failed, Date.now()),
    },
  });
  const api = createApiGateway({
    ...common,
    invoke: lambda.invoke,
    jwksFor: cognito.jwksFor,
    onFailure: onTrouble,
  });
  const mediaConvert = createMediaConvert({
    ...common,
    objects: s3,
    events: bus,
    newSuffix: jobSuffix,
    stateDirectory: directory("mediaconvert"),
    ffmpeg: options.ffmpeg,
    endpoint: gateway.address,
  });
  const mediaPackage = startMediaPackage({
    ...common,
    bus,
    store: s3,
    stateDirectory: state,
    secretValues: secrets.values,
    onAnswer: (configuration, status) => measureEgress(measure, configuration, status, Date.now()),
  });

  const firehose = createFirehose({
    ...common,
    objects: s3,
    newId: randomUUID,
    onLost: onTrouble,
    onDelivery: (stream, delivered) => measureDelivery(measure, stream, delivered, Date.now()),
  });
  const wafv2 = createWafv2({ ...common, directory: directory("wafv2") });
  const cloudFront = createCloudFront({ ...common, invalidate: options.invalidate });

  gateway.register(wafv2, cloudFront, firehose);
  gateway.register(sqs, secrets, cognito, dynamodb, eventBridge, s3, lambda, mediaConvert, mediaPackage.service);
  gateway.registerOrigin(api, mediaPackage.origin, s3.origin);
  return {
    store: s3,
    cognito,
    secrets,
    cloudWatch,
    operatedRules: wafv2.operatedRules,
    start() {
      cloudWatch.start();
      eventBridge.start();
      lambda.start();
      mediaConvert.start();
    },
    async stop() {
      cloudWatch.stop();
      await eventBridge.stop();
      await mediaConvert.stop();
      await mediaPackage.stop();
      await lambda.stop();
      await firehose.stop();
      await dynamodb.stop();
    },
  };
}

/** Six lower-case letters. */
function jobSuffix(): string {
  return Array.from(randomBytes(6), (byte) => String.fromCharCode(97 + (byte % 26))).join("");
}
