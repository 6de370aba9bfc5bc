import { block, type Deployment, type Resource } from "../../terraform/deployment";
import { isObject } from "../json-protocol";

/** An `aws_lambda_function` together with its asynchronous settings. */
export interface FunctionConfig {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly bucket: string;
  readonly key: string;
  /** Base64 SHA-256 of the zip that the stack was synthesised with. */
  readonly sourceCodeHash?: string;
  /** `index.handler` */
  readonly handler: string;
  readonly runtime: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly asynchronous: AsynchronousConfig;
}

export interface AsynchronousConfig {
  /** Retries after the first attempt. */
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeMs: number;
  /** Queue that receives a record of an event that failed for good. */
  readonly onFailureArn?: string;
  readonly onSuccessArn?: string;
  /** The older setting: the queue receives the bare event. */
  readonly deadLetterArn?: string;
}

/** AWS's defaults: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-configuring.html */
const DEFAULT_RETRIES = 2;
const DEFAULT_AGE_SECONDS = 21_600;

/** Every function of the stack, by name. */
export function readFunctions(deployment: Deployment): Map<string, FunctionConfig> {
  const settings = deployment.all("aws_lambda_function_event_invoke_config");
  const functions = deployment
    .all("aws_lambda_function")
    .map((resource) => readFunction(deployment, resource, settings));
  return new Map(functions.map((each) => [each.name, each]));
}

function readFunction(
  deployment: Deployment,
  { address, values }: Resource,
  settings: readonly Resource[],
): FunctionConfig {
  const name = text(address, values, "function_name");
  const arn = `arn:aws:lambda:${deployment.region}:${deployment.account}:function:${name}`;
  const own = settings.find(({ values: { function_name: target } }) => target === name || target === arn);
  const variables = block(values, "environment")?.variables;
  return {
    name,
    arn,
    roleArn: text(address, values, "role"),
    bucket: text(address, values, "s3_bucket"),
    key: text(address, values, "s3_key"),
    ...(typeof values.source_code_hash === "string" && { sourceCodeHash: values.source_code_hash }),
    handler: text(address, values, "handler"),
    runtime: text(address, values, "runtime"),
    timeoutSeconds: Number(values.timeout ?? 3),
    memoryMb: Number(values.memory_size ?? 128),
    environment: isObject(variables)
      ? Object.fromEntries(Object.entries(variables).map(([variable, value]) => [variable, String(value)]))
      : {},
    asynchronous: readAsynchronous(values, own?.values ?? {}),
  };
}

function readAsynchronous(values: Resource["values"], settings: Resource["values"]): AsynchronousConfig {
  const destinations = block(settings, "destination_config") ?? {};
  const arn = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
  return {
    maximumRetryAttempts: Number(settings.maximum_retry_attempts ?? DEFAULT_RETRIES),
    maximumEventAgeMs: 1000 * Number(settings.maximum_event_age_in_seconds ?? DEFAULT_AGE_SECONDS),
    onFailureArn: arn(block(destinations, "on_failure")?.destination),
    onSuccessArn: arn(block(destinations, "on_success")?.destination),
    deadLetterArn: arn(block(values, "dead_letter_config")?.target_arn),
  };
}

function text(address: string, values: Resource["values"], argument: string): string {
  const value = values[argument];
  if (typeof value === "string" && value !== "") return value;
  throw new Error(`${address}: ${argument} must be a string that is not empty, got ${JSON.stringify(value)}`);
}
