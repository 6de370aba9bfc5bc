import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { LambdaFunction } from "@cdktf/provider-aws/lib/lambda-function";
import { LambdaFunctionEventInvokeConfig } from "@cdktf/provider-aws/lib/lambda-function-event-invoke-config";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { ENVIRONMENT_VARIABLE } from "../../handlers/shared/metrics";
import { DeadLetters } from "./dead-letters";
import { allow, policyDocument, type Statement } from "./policy";
import { bucketName } from "./private-bucket";
import type { Release } from "./release";
import type { StorageKey } from "./storage-key";

/** What every function of an environment shares. */
export interface FunctionContext {
  readonly environment: Environment;
  readonly release: Release;
  /** Encrypts logs and dead letters. */
  readonly key: StorageKey;
}

export interface HandlerFunctionProps<Env extends Record<string, string>> {
  readonly context: FunctionContext;
  /** Exactly the handler's contract. */
  readonly variables: Env;
  /** What the handler may do, besides writing its log. */
  readonly statements: readonly Statement[];
  readonly timeoutSeconds: number;
  readonly memoryMegabytes?: number;
  /** `events`: invoked asynchronously, so failures need retries and a dead-letter queue; `requests`: the caller sees them. */
  readonly invokedBy: "events" | "requests";
}

const RETRIES = 2;
/** An event older than this says nothing new any more: polling or a person has taken over. */
const MAXIMUM_EVENT_AGE_SECONDS = 6 * 3600;

/** One handler: its function, its own role, its log group and, where it is invoked by events, its dead letters. */
export class HandlerFunction<Env extends Record<string, string>> extends Construct {
  readonly lambda: LambdaFunction;
  readonly logGroupName: string;
  readonly deadLetters?: DeadLetters;

  constructor(scope: Construct, handler: string, props: HandlerFunctionProps<Env>) {
    super(scope, handler);
    const { environment, release, key } = props.context;
    const name = handler.replaceAll("-", "_");
    const functionName = `vod-${handler}-${environment.name}`;
    const zip = release.lambda[handler];
    if (!zip) throw new Error(`the build has no ${handler}; it has ${Object.keys(release.lambda).join(", ")}`);

    const logs = new CloudwatchLogGroup(this, `${name}:logs`, {
      name: `/aws/lambda/${functionName}`,
      retentionInDays: 90,
      kmsKeyId: key.arn,
      dependsOn: key.policy, // CloudWatch Logs refuses a key that does not admit it yet
    });
    this.logGroupName = logs.name;
    const role = new IamRole(this, `${name}:role`, {
      name: functionName,
      assumeRolePolicy: policyDocument([
        { Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } },
      ]),
    });
    if (props.invokedBy === "events") this.deadLetters = new DeadLetters(this, name, environment, key);
    const policy = new IamRolePolicy(this, `${name}:policy`, {
      name: "handler",
      role: role.name,
      policy: policyDocument(
        // Two tables under one key ask for the same of it.
        [
          ...new Set([
            allow(["logs:CreateLogStream", "logs:PutLogEvents"], [`${logs.arn}:log-stream:*`]),
            // Traces have no resource that a policy could narrow to.
            allow(["xray:PutTelemetryRecords", "xray:PutTraceSegments"], ["*"]),
            ...(this.deadLetters?.senderStatements() ?? []),
            ...props.statements,
          ]),
        ],
      ),
    });
    this.lambda = new LambdaFunction(this, name, {
      functionName,
      role: role.arn,
      s3Bucket: bucketName(environment, "artifacts"),
      s3Key: `lambda/${handler}/${zip.sha256}.zip`,
      sourceCodeHash: Buffer.from(zip.sha256, "hex").toString("base64"),
      runtime: "nodejs22.x",
      architectures: ["arm64"],
      handler: "index.handler",
      timeout: props.timeoutSeconds,
      memorySize: props.memoryMegabytes ?? 256,
      environment: { variables: { ...props.variables, [ENVIRONMENT_VARIABLE]: environment.name } },
      tracingConfig: { mode: "Active" },
      dependsOn: [policy, logs],
    });
    if (this.deadLetters) {
      new LambdaFunctionEventInvokeConfig(this, `${name}:invocation`, {
        functionName: this.lambda.functionName,
        maximumRetryAttempts: RETRIES,
        maximumEventAgeInSeconds: MAXIMUM_EVENT_AGE_SECONDS,
        destinationConfig: { onFailure: { destination: this.deadLetters.arn } },
      });
    }
  }
}
