import { AwsError, type Authorize, type Principal } from "../../kernel/aws-service";
import type { Deployment } from "../../terraform/deployment";
import { encryptionKeys } from "../../terraform/encryption-keys";
import { keyUse } from "../key-use";
import type { FunctionConfig } from "./functions";

/** Why a function's log cannot be written; undefined when it can. */
export type LogPermission = (config: FunctionConfig) => string | undefined;

export interface LogPermissionOptions {
  readonly deployment: Deployment;
  readonly authorize: Authorize;
  readonly sessionOf: (config: FunctionConfig) => Principal;
}

const STREAM = "local";

/**
 * Opens a function's log stream as Lambda does, with the function's role, into a group that CloudWatch Logs encrypts on
 * its own behalf. A function whose log is refused runs all the same, as on AWS.
 */
export function logPermission({ deployment, authorize, sessionOf }: LogPermissionOptions): LogPermission {
  const { account, region } = deployment;
  const { arnOf } = encryptionKeys(deployment);
  const keys = new Map(
    deployment
      .all("aws_cloudwatch_log_group")
      .map(({ values: { name, kms_key_id: key } }) => [String(name), typeof key === "string" ? arnOf(key) : undefined]),
  );
  const logs: Principal = { kind: "service", arn: `logs.${region}.amazonaws.com` };
  const useKey = keyUse(authorize, account, region, "logs");
  return (config) => {
    const name = `/aws/lambda/${config.name}`;
    const group = `arn:aws:logs:${region}:${account}:log-group:${name}`;
    try {
      const session = sessionOf(config);
      for (const action of ["logs:CreateLogStream", "logs:PutLogEvents"]) {
        authorize(session, action, `${group}:log-stream:${STREAM}`);
      }
      useKey(logs, keys.get(name), ["GenerateDataKey"], { "aws:logs:arn": group });
      return undefined;
    } catch (error) {
      if (error instanceof AwsError) return error.message;
      throw error;
    }
  };
}
