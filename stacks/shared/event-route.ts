import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { LambdaPermission } from "@cdktf/provider-aws/lib/lambda-permission";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { HandlerFunction } from "./handler-function";
import { json } from "./json";

export interface EventRouteProps<Env extends Record<string, string>> {
  readonly environment: Environment;
  readonly description: string;
  /** What starts it: an event that matches, or the clock. */
  readonly on: { readonly pattern: unknown } | { readonly schedule: string };
  readonly to: HandlerFunction<Env>;
}

/** EventBridge's own retries, before the event is parked: at most a day (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html). */
export const RETRY_POLICY = { maximumRetryAttempts: 20, maximumEventAgeInSeconds: 6 * 3600 };

/** An event that reaches a handler: the rule, its target with retries and dead letters, and the permission. */
export class EventRoute<Env extends Record<string, string>> extends Construct {
  constructor(scope: Construct, name: string, { environment, description, on, to }: EventRouteProps<Env>) {
    super(scope, name);
    if (!to.deadLetters) throw new Error(`${to.node.path} is invoked by requests and has no dead letters for ${name}`);
    const rule = new CloudwatchEventRule(this, name, {
      name: `vod-${name.replaceAll("_", "-")}-${environment.name}`,
      description,
      ...("pattern" in on ? { eventPattern: json(on.pattern) } : { scheduleExpression: on.schedule }),
    });
    new CloudwatchEventTarget(this, `${name}:target`, {
      rule: rule.name,
      arn: to.lambda.arn,
      retryPolicy: RETRY_POLICY,
      deadLetterConfig: { arn: to.deadLetters.arn },
    });
    new LambdaPermission(this, `${name}:permission`, {
      functionName: to.lambda.functionName,
      action: "lambda:InvokeFunction",
      principal: "events.amazonaws.com",
      sourceArn: rule.arn,
    });
  }
}
