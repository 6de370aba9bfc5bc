import { devNull } from "node:os";
import type { FunctionConfig } from "./functions";

/** What a role signs its calls with. */
export interface RoleCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/**
 * All of a function's environment: the synthesised variables and those that Lambda sets
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html). Nothing of this process is inherited.
 */
export function functionEnvironment(
  config: FunctionConfig,
  region: string,
  endpoint: string,
  { accessKeyId, secretAccessKey }: RoleCredentials,
): Record<string, string> {
  return {
    ...config.environment,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_EXECUTION_ENV: `AWS_Lambda_${config.runtime}`,
    AWS_LAMBDA_FUNCTION_NAME: config.name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(config.memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${config.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: "local",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    _HANDLER: config.handler,
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    // On Lambda there are no such files; the profile of whoever runs the platform must not reach the handlers.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
  };
}
