import { block, type Deployment, type Resource } from "../../terraform/deployment";
import { textOr } from "../text-or";
import { compilePattern, type EventPattern } from "./pattern";
import { rateMs } from "./schedule";
import { targetInput, type TargetInput } from "./target-input";

export interface Rule {
  readonly name: string;
  readonly arn: string;
  /** Absent for a rule that only runs on a schedule. */
  readonly matches?: EventPattern;
  /** Milliseconds between two scheduled events; absent without a schedule. */
  readonly everyMs?: number;
  readonly targets: readonly Target[];
}

export interface Target {
  readonly id: string;
  readonly arn: string;
  readonly input: TargetInput;
  /** Retries after the first attempt. */
  readonly maximumRetryAttempts: number;
  readonly maximumEventAgeMs: number;
  readonly deadLetterArn?: string;
}

/** EventBridge's defaults: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html */
const DEFAULT_RETRIES = 185;
const DEFAULT_AGE_SECONDS = 86_400;

/**
 * The enabled rules of the default bus with their targets. Throws for a pattern, schedule or target that AWS would
 * refuse.
 */
export function readRules(deployment: Deployment): Rule[] {
  const targets = deployment.all("aws_cloudwatch_event_target");
  const rules = deployment.all("aws_cloudwatch_event_rule");
  const names = new Set(rules.map((rule) => rule.values.name));
  const stray = targets.find((target) => !names.has(target.values.rule));
  if (stray) {
    throw new Error(
      `${stray.address}: rule must be the name of one of the stack's rules, got ${String(stray.values.rule)}`,
    );
  }
  return rules
    .filter((rule) => rule.values.state !== "DISABLED" && rule.values.is_enabled !== false)
    .map((rule) => readRule(deployment, rule, targets));
}

function readRule(deployment: Deployment, { address, values }: Resource, targets: readonly Resource[]): Rule {
  const name = String(values.name);
  // A rule of us-east-1 says so in its ARN, by which queues, keys and topics know it.
  const arn = textOr(values.arn, `arn:aws:events:${deployment.region}:${deployment.account}:rule/${name}`);
  const { event_pattern: pattern, schedule_expression: schedule } = values;
  return {
    name,
    arn,
    ...(typeof pattern === "string" && pattern !== "" && { matches: compilePattern(pattern, address) }),
    ...(typeof schedule === "string" && schedule !== "" && { everyMs: rateMs(schedule, address) }),
    targets: targets.filter((target) => target.values.rule === name).map(readTarget),
  };
}

function readTarget({ name, values }: Resource): Target {
  const retries = block(values, "retry_policy");
  const deadLetters = block(values, "dead_letter_config");
  return {
    id: textOr(values.target_id, name),
    arn: String(values.arn),
    input: targetInput(values),
    maximumRetryAttempts: Number(retries?.maximum_retry_attempts ?? DEFAULT_RETRIES),
    maximumEventAgeMs: 1000 * Number(retries?.maximum_event_age_in_seconds ?? DEFAULT_AGE_SECONDS),
    ...(typeof deadLetters?.arn === "string" && { deadLetterArn: deadLetters.arn }),
  };
}
