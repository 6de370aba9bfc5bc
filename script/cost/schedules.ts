import type { Resources } from "../stack-resources";
import { HOURS_A_MONTH } from "./units";

/** A function that the clock calls, whether there is anything to do or not. */
export interface Schedule {
  readonly handler: string;
  readonly callsAMonth: number;
  readonly megabytes: number;
}

const MINUTES = { minute: 1, hour: 60, day: 24 * 60 } as const;

export function schedules(resources: Resources): Schedule[] {
  const rules = Object.entries(resources.aws_cloudwatch_event_rule ?? {});
  return rules.flatMap(([name, { schedule_expression: expression }]) => {
    if (typeof expression !== "string") return [];
    const arn = String(resources.aws_cloudwatch_event_target?.[name]?.arn);
    const handler = /^\$\{aws_lambda_function\.(\w+)\.arn\}$/.exec(arn)?.[1];
    const called = resources.aws_lambda_function?.[handler ?? ""];
    if (handler === undefined || !called)
      throw new Error(`aws_cloudwatch_event_rule.${name} calls no function: ${arn}`);
    return [{ handler, callsAMonth: callsAMonth(expression, name), megabytes: Number(called.memory_size) }];
  });
}

function callsAMonth(expression: string, name: string): number {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  if (!rate) {
    const rule = `aws_cloudwatch_event_rule.${name}`;
    throw new Error(`${rule}: only rate(N minutes|hours|days) can be counted, got ${JSON.stringify(expression)}`);
  }
  return (HOURS_A_MONTH * 60) / (Number(rate[1]) * MINUTES[rate[2] as keyof typeof MINUTES]);
}
