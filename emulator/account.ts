import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { CredentialRegistry } from "../local/gateway/credentials";
import { startGateway } from "../local/gateway/gateway";
import type { AwsClientSettings } from "../local/kernel/aws-client";
import { createCloudFormation } from "./cloudformation/cloudformation";
import { createCloudFront } from "./cloudfront/cloudfront";
import { forwardTo } from "./forward";
import { createMediaConvertQueues } from "./mediaconvert/queues";
import { createChannelGroups } from "./mediapackagev2/channel-groups";
import { startMoto } from "./moto";
import { withKeptDocuments } from "./s3/kept-documents";

/** What moto has of what the stacks use, by the name that requests are signed for. */
export const MOTO_SERVICES = [
  "acm",
  "apigateway",
  "cognito-idp",
  "dynamodb",
  "events",
  "iam",
  "kms",
  "lambda",
  "logs",
  "monitoring",
  "route53",
  "s3",
  "secretsmanager",
  "sns",
  "sqs",
  "sts",
  "wafv2",
] as const;

export interface AccountOptions {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** Folder for the gateway's access keys. */
  readonly directory: string;
  /** `host:port` that distributions are told to be at. */
  readonly edgeHost: string;
  readonly onTrouble: (message: string) => void;
}

export interface EmulatedAccount {
  /** As an administrator of the account. */
  readonly aws: AwsClientSettings;
  /** `<service>: <kind>/<id>` of what the emulator itself keeps, not moto. */
  names(): string[];
  stop(): Promise<void>;
}

/** An AWS account for Terraform on this machine: one endpoint, moto behind it for what it has, and here what it lacks. */
export async function startAccount(options: AccountOptions): Promise<EmulatedAccount> {
  const { account, region, edgeHost } = options;
  const credentials = new CredentialRegistry({
    file: join(options.directory, "credentials.json"),
    random: randomBytes,
  });
  const moto = await startMoto();
  const cloudfront = createCloudFront({ account, host: edgeHost });
  const cloudformation = createCloudFormation({ account, region });
  const mediaconvert = createMediaConvertQueues({ account, region });
  const mediapackagev2 = createChannelGroups({ account, region });
  const forwarded = MOTO_SERVICES.map((name) => forwardTo(moto.endpoint, account, name));
  const own = [cloudfront, cloudformation, mediaconvert, mediapackagev2];
  const gateway = await startGateway({
    port: 0,
    credentials,
    clock: Date.now,
    newId: randomUUID,
    onError: (error, request) =>
      options.onTrouble(`${request}: ${error instanceof Error ? error.message : String(error)}`),
    services: [...forwarded.map((service) => (service.name === "s3" ? withKeptDocuments(service) : service)), ...own],
  });
  return {
    aws: {
      endpoint: gateway.address,
      region,
      credentials: credentials.issue({
        principal: { kind: "user", arn: `arn:aws:iam::${account}:user/administrator` },
      }),
    },
    names: () => own.flatMap(({ name, names }) => names().map((each) => `${name}: ${each}`)),
    async stop() {
      await gateway.stop(0);
      await moto.stop();
    },
  };
}
