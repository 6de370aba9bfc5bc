import { randomBytes, randomUUID } from "node:crypto";
import { join } from "node:path";
import { startEdge, type Edge, type EdgeOptions } from "./edge/edge";
import type { EdgeAnswer } from "./edge/edge-answer";
import { CallLog, type CallRecord } from "./gateway/call-log";
import { CredentialRegistry } from "./gateway/credentials";
import { startGateway, type Gateway } from "./gateway/gateway";
import { sign } from "./gateway/signature-v4";
import { createJudge } from "./iam/judge";
import type { PoliciesOptions } from "./iam/policies";
import type { AwsClientSettings } from "./kernel/aws-client";
import type { Principal } from "./kernel/aws-service";
import type { EventEntry } from "./kernel/event-bus";
import type { ObjectStore } from "./kernel/object-store";
import { announce } from "./announcement";
import { applyObjects, artifactsBucket, uploadArtifacts } from "./provision";
import { QUALITY_PATH, qualityOrigin } from "./quality/quality";
import { storedBeacons } from "./quality/stored-beacons";
import type { LocalSecrets } from "./secrets";
import type { AlarmReading } from "./services/cloudwatch/alarms";
import { edgeMetrics } from "./services/cloudwatch/edge-metrics";
import { readDeliveryStream } from "./services/firehose/delivery-stream";
import { startServices, type Services } from "./services/services";
import { privateKeyFor } from "./signing-keys";
import type { StackContext } from "./terraform/context";
import type { Deployment } from "./terraform/deployment";
import { readDocument } from "./terraform/document";
import { readStack } from "./terraform/read-stack";
import { checkViewer, sampleViewers, type ViewerTokens } from "./viewers";

export interface MachineOptions {
  readonly state: string;
  /** Path of ffmpeg. */
  readonly ffmpeg: string;
  /** Port of the edge; 0 for any. */
  readonly port: number;
  /** Told of what went wrong inside, in one line. */
  readonly onTrouble: (message: string) => void;
}

export interface PlatformOptions extends MachineOptions {
  /** The synthesised `cdk.tf.json`. */
  readonly stackFile: string;
  /** Folder with the built zips and player page. */
  readonly dist: string;
  readonly secrets: LocalSecrets;
}

/** What stands, wherever that is known from, and what was put into it. */
export interface Installation {
  readonly account: string;
  readonly region: string;
  /** Password of the sample viewers. */
  readonly viewerPassword: string;
  /** Documents of managed policies that other stacks made, by ARN. */
  readonly managed?: PoliciesOptions["managed"];
  /** The stack's resources, given where the two servers listen. */
  deployment(hosts: Pick<StackContext, "edgeHost" | "gatewayHost">): Deployment;
  /** Puts in what no resource holds: artifacts, the page, the signing key. */
  furnish(deployment: Deployment, services: Services, as: Principal): Promise<void>;
}

export interface Platform {
  readonly deployment: Deployment;
  readonly store: ObjectStore;
  /** As whoever operates the platform. */
  readonly aws: AwsClientSettings;
  readonly operator: Principal;
  /** `http://127.0.0.1:<port>` */
  readonly edgeAddress: string;
  readonly edge: Pick<Edge, "statistics" | "accessLog" | "invalidate">;
  readonly tokens: ViewerTokens;
  /** Where the numbers of what viewers experience are shown; undefined where players report none. */
  readonly qualityAddress?: string;
  /** Every alarm of the stack as it stands now. */
  alarms(): readonly AlarmReading[];
  /** Every call that anybody made of a service, oldest first. */
  calls(): readonly CallRecord[];
  /** Calls a listener with every event that is published. */
  onEvent(listener: (event: EventEntry) => void): void;
  /** Ends what runs; state is kept. */
  stop(): Promise<void>;
}

/** Starts everything that the synthesised stack describes, on this machine. */
export function startPlatform(options: PlatformOptions): Promise<Platform> {
  return startInstallation(options, synthesised(options));
}

/** Starts what is installed, on this machine. */
export async function startInstallation(options: MachineOptions, installation: Installation): Promise<Platform> {
  const { state } = options;
  const { account, region } = installation;
  const started: { stop(): Promise<void> }[] = [];
  let countAnswer: ((answer: EdgeAnswer, at: number) => void) | undefined;
  const stop = async (): Promise<void> => {
    for (const part of started.splice(0).reverse()) await part.stop();
  };
  const credentials = new CredentialRegistry({ file: join(state, "credentials.json"), random: randomBytes });
  const operator: Principal = { kind: "user", arn: `arn:aws:iam::${account}:user/operator` };
  try {
    const gateway = await openGateway(options, credentials);
    started.push(gateway);
    const onAnswer = (answer: EdgeAnswer, at: number): void => countAnswer?.(answer, at);
    const edge = await openEdge({ ...options, onAnswer }, credentials, gateway, region);
    started.push(edge);
    const deployment = installation.deployment({
      edgeHost: `127.0.0.1:${edge.port}`,
      gatewayHost: `127.0.0.1:${gateway.port}`,
    });
    const decide = createJudge(deployment, Date.now, { managed: installation.managed });
    const log = new CallLog({ file: join(state, "calls.jsonl"), clock: Date.now, decide });
    const listeners: ((event: EventEntry) => void)[] = [];
    const services = await startServices({
      ...options,
      deployment,
      gateway,
      credentials,
      authorize: log.authorize,
      invalidate: (paths) => void edge.invalidate(paths),
      permits: log.permits,
      operator,
      onEvent: (event) => listeners.forEach((listener) => listener(event)),
    });
    started.push(services);
    countAnswer = edgeMetrics(deployment, services.cloudWatch.measure);
    await installation.furnish(deployment, services, operator);
    const streams = deployment.all("aws_kinesis_firehose_delivery_stream");
    const [stream] = streams.filter(({ name }) => name === "beacons").map(readDeliveryStream);
    if (stream) {
      const heard = storedBeacons({ objects: services.store, bucket: stream.bucket, as: operator, clock: Date.now });
      gateway.registerOrigin(qualityOrigin(heard));
    }
    const omissions = edge.configure(deployment, services.operatedRules);
    if (omissions.length > 0) options.onTrouble(`not emulated: ${omissions.join(", ")}`);
    services.start();
    const aws = { endpoint: gateway.address, region, credentials: credentials.issue({ principal: operator }) };
    started.push(announce(join(state, "endpoint.json"), aws));
    const table = String(deployment.get("aws_dynamodb_table.entitlements").values.name);
    for (const { name, values } of deployment.all("aws_secretsmanager_secret")) {
      if (name !== "check_viewer") continue;
      const viewer = await checkViewer(services.cognito, aws, table, installation.viewerPassword);
      await services.secrets.put(operator, String(values.name), viewer);
    }
    return {
      deployment,
      store: services.store,
      aws,
      operator,
      edgeAddress: `http://127.0.0.1:${edge.port}`,
      edge,
      tokens: await sampleViewers(services.cognito, aws, table, installation.viewerPassword),
      qualityAddress: stream && `${gateway.address}${QUALITY_PATH}`,
      alarms: services.cloudWatch.alarms,
      calls: () => log.records(),
      onEvent: (listener) => void listeners.push(listener),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function openGateway({ port, onTrouble }: MachineOptions, credentials: CredentialRegistry): Promise<Gateway> {
  return startGateway({
    port: port === 0 ? 0 : port + 1,
    credentials,
    clock: Date.now,
    newId: randomUUID,
    onError: (error, request) => onTrouble(`${request}: ${error instanceof Error ? error.message : String(error)}`),
  });
}

function openEdge(
  { port, onAnswer }: MachineOptions & Pick<EdgeOptions, "onAnswer">,
  credentials: CredentialRegistry,
  gateway: Gateway,
  region: string,
): Promise<Edge> {
  return startEdge({
    port,
    onAnswer,
    clock: Date.now,
    gatewayAddress: gateway.address,
    signOriginRequest: (principal, { service, method, host, path, query, headers }) =>
      sign(
        { method, host, path: query === "" ? path : `${path}?${query}`, headers: ofTheEdge(headers) },
        { credentials: credentials.issue({ principal }), service, region, clock: Date.now },
      ),
  });
}

/** S3 wants each of its own headers signed; the edge vouches for the one that it writes, and for none of a viewer's. */
function ofTheEdge({ "x-amz-cf-id": id }: Readonly<Record<string, string>>): Record<string, string> {
  return id === undefined ? {} : { "x-amz-cf-id": id };
}

/** The synthesised stack as if it were applied, with what a deployment does besides: uploads, copies, the signing keys. */
function synthesised({ stackFile, dist, state, secrets }: PlatformOptions): Installation {
  const place = placeOf(stackFile);
  const variables = { cdn_identifier: secrets.cdnIdentifier, api_origin_secret: secrets.apiOriginSecret };
  return {
    ...place,
    viewerPassword: secrets.viewerPassword,
    deployment: (hosts) => readStack(stackFile, { ...place, ...hosts, variables }),
    async furnish(deployment, services, as) {
      await uploadArtifacts(services.store, as, artifactsBucket(deployment), dist);
      await applyObjects(services.store, as, deployment);
      for (const { values } of deployment.all("aws_secretsmanager_secret")) {
        const pem = privateKeyFor(String(values.name), state, secrets);
        if (pem !== undefined) await services.secrets.put(as, String(values.name), pem);
      }
    },
  };
}

/** Whose account and which Region, as the stack's own provider says. */
function placeOf(stackFile: string): { account: string; region: string } {
  const [provider] = readDocument(stackFile).providers;
  const [account] = (provider?.allowed_account_ids ?? []) as string[];
  if (!account) throw new Error(`${stackFile}: the provider names no account in allowed_account_ids`);
  return { account, region: String(provider?.region) };
}
