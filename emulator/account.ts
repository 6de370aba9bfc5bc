import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { CredentialRegistry } from "../local/gateway/credentials";
import { startGateway } from "../local/gateway/gateway";
import type { AwsClientSettings } from "../local/kernel/aws-client";
import type { AwsService } from "../local/kernel/aws-service";
import { withDeletedQueries } from "./athena/named-queries";
import { withKeptParts } from "./budgets/kept-parts";
import { createCloudFormation } from "./cloudformation/cloudformation";
import { createCloudFront } from "./cloudfront/cloudfront";
import { withTrailNames } from "./cloudtrail/trail-names";
import { withCompositeAlarms } from "./cloudwatch/composite-alarms";
import { forwardTo } from "./forward";
import { withQueryDefinitions } from "./logs/query-definitions";
import { createMediaConvertQueues } from "./mediaconvert/queues";
import { createChannelGroups } from "./mediapackagev2/channel-groups";
import { startMoto } from "./moto";
import { withKeptDocuments } from "./s3/kept-documents";
import { withObjectLock } from "./s3/object-lock";

/** What moto has of what the stacks use, by the name that requests are signed for. */
export const MOTO_SERVICES = [
  "acm",
  "apigateway",
  "athena",
  "budgets",
  "cloudtrail",
  "cognito-idp",
  "dynamodb",
  "events",
  "firehose",
  "glue",
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

/** What is mended of them here. */
const MENDED: Readonly<Record<string, (moto: AwsService, account: string) => AwsService>> = {
  athena: withDeletedQueries,
  budgets: withKeptParts,
  cloudtrail: withTrailNames,
  logs: withQueryDefinitions,
  monitoring: withCompositeAlarms,
  s3: (moto) => withObjectLock(withKeptDocuments(moto)),
};

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
  /** 12 digits. */
  readonly account: string;
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
  const forwarded = MOTO_SERVICES.map((name) => {
    const service = forwardTo(moto.endpoint, account, name);
    return MENDED[name]?.(service, account) ?? service;
  });
  const own = [cloudfront, cloudformation, mediaconvert, mediapackagev2];
  const gateway = await startGateway({
    port: 0,
    credentials,
    clock: Date.now,
    newId: randomUUID,
    onError: (error, request) =>
      options.onTrouble(`${request}: ${error instanceof Error ? error.message : String(error)}`),
    services: [...forwarded, ...own],
  });
  return {
    account,
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
