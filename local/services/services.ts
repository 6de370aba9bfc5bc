import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import type { CredentialRegistry } from "../gateway/credentials";
import type { Gateway } from "../gateway/gateway";
import type { Authorize } from "../kernel/aws-service";
import type { EventBus, EventEntry } from "../kernel/event-bus";
import type { ObjectStore } from "../kernel/object-store";
import { artifactsBucket } from "../provision";
import type { Deployment } from "../terraform/deployment";
import { createApiGateway } from "./api-gateway/api-gateway";
import { createCognito, type Cognito } from "./cognito/cognito";
import { createDynamoDbService } from "./dynamodb/service";
import { createEventBridge } from "./eventbridge/event-bridge";
import { routeTargets } from "./eventbridge/targets";
import { createLambda } from "./lambda/lambda";
import { createMediaConvert } from "./mediaconvert/media-convert";
import { startMediaPackage } from "./mediapackage/media-package";
import { createS3Service } from "./s3/service";
import { createSecretsManager, type SecretsManagerService } from "./secrets-manager/service";
import { createSqs } from "./sqs/sqs";
import { systemTimers } from "./timers";

export interface ServicesOptions {
  readonly deployment: Deployment;
  readonly gateway: Gateway;
  readonly credentials: CredentialRegistry;
  readonly authorize: Authorize;
  readonly state: string;
  readonly ffmpeg: string;
  readonly onTrouble: (message: string) => void;
  readonly onEvent: (event: EventEntry) => void;
}

export interface Services {
  readonly store: ObjectStore;
  readonly cognito: Cognito;
  readonly secrets: SecretsManagerService;
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
    deliver: routeTargets({ lambda: (principal, arn, event) => void lambda.invokeAsync(principal, arn, event) }),
    deadLetters: sqs.send,
    onLost: onTrouble,
  });
  const bus: EventBus = {
    publish(event) {
      options.onEvent(event);
      eventBridge.publish(event);
    },
  };
  const s3 = createS3Service({
    ...common,
    bus,
    directory: directory("s3"),
    extraBuckets: [artifactsBucket(deployment)],
    random: randomBytes,
  });
  const lambda = createLambda({
    ...common,
    directory: directory("lambda"),
    endpoint: gateway.address,
    fetchZip: (bucket, key) => s3.read({ kind: "service", arn: "lambda.amazonaws.com" }, bucket, key),
    credentialsFor: (arn) => credentials.issue({ principal: { kind: "role", arn } }),
    send: sqs.send,
    onLost: onTrouble,
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
  });

  gateway.register(sqs, secrets, cognito, dynamodb, eventBridge, s3, lambda, mediaConvert, mediaPackage.service);
  gateway.registerOrigin(api, mediaPackage.origin, s3.origin);
  return {
    store: s3,
    cognito,
    secrets,
    start() {
      eventBridge.start();
      lambda.start();
      mediaConvert.start();
    },
    async stop() {
      await eventBridge.stop();
      await mediaConvert.stop();
      await mediaPackage.stop();
      await lambda.stop();
      await dynamodb.stop();
    },
  };
}

/** Six lower-case letters. */
function jobSuffix(): string {
  return Array.from(randomBytes(6), (byte) => String.fromCharCode(97 + (byte % 26))).join("");
}
