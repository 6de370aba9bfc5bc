const UNIT_MS: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/**
 * Milliseconds between two runs of `rate(5 minutes)`, as EventBridge reads it: a whole number from 1 and
 * minute(s), hour(s) or day(s), singular for 1
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-scheduled-rule-pattern.html).
 * Throws for anything else; `cron(...)` is not run on one machine. `where` names the rule.
 */
export function rateMs(expression: string, where: string): number {
  const [, digits = "", unit = "", plural = ""] = /^rate\(([1-9]\d*) (minute|hour|day)(s?)\)$/.exec(expression) ?? [];
  const count = Number(digits);
  if (count < 1 || (count === 1) !== (plural === "")) {
    throw new Error(
      `${where}: schedule_expression must be rate(1 minute), rate(2 hours), rate(3 days) or alike, got ${expression}`,
    );
  }
  return count * (UNIT_MS[unit] ?? Number.NaN);
}
