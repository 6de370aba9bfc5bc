import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { refusal } from "../iam/refusal";
import type { Authorize, ConditionContext, Permits, Principal } from "../kernel/aws-service";
import type { Clock } from "../kernel/clock";

/** One call that somebody made of a service. */
export interface CallRecord {
  /** ISO 8601 with milliseconds, UTC. */
  readonly at: string;
  /** ARN, or a service's principal name. */
  readonly caller: string;
  /** What a service acted for. */
  readonly sourceArn?: string;
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request and those that the service supplied; absent where there are none. */
  readonly context?: ConditionContext;
  readonly allowed: boolean;
  /** Why it was refused. */
  readonly reason?: string;
}

export interface Decision {
  readonly allowed: boolean;
  /** How the message of a refusal ends; without it, AWS's words for "no identity-based policy allows it". */
  readonly reason?: string;
}

export type Decide = (principal: Principal, action: string, resource: string, context: ConditionContext) => Decision;

export interface CallLogOptions {
  /** JSON lines, appended to. */
  readonly file: string;
  readonly clock: Clock;
  /** Who may do what; everybody everything when left out. */
  readonly decide?: Decide;
  /** Records kept in memory, the oldest dropped first; the file keeps all. */
  readonly capacity?: number;
}

/** Records every call of every service and refuses what `decide` refuses. */
export class CallLog {
  private readonly kept: CallRecord[] = [];
  private readonly capacity: number;
  private readonly decide: Decide;

  constructor(private readonly options: CallLogOptions) {
    this.capacity = options.capacity ?? 10_000;
    this.decide = options.decide ?? (() => ({ allowed: true }));
    mkdirSync(dirname(options.file), { recursive: true });
  }

  /** @throws AwsError in the refusing service's own words when the call is refused; it is recorded all the same. */
  readonly authorize: Authorize = (principal, action, resource, context = {}) => {
    const { allowed, reason } = this.decide(principal, action, resource, context);
    const keys = { ...principal.request, ...context };
    this.record({
      at: new Date(this.options.clock()).toISOString(),
      caller: principal.arn,
      ...(principal.sourceArn === undefined ? {} : { sourceArn: principal.sourceArn }),
      action,
      resource,
      ...(Object.keys(keys).length === 0 ? {} : { context: keys }),
      allowed,
      ...(allowed || reason === undefined ? {} : { reason }),
    });
    if (allowed) return;
    const why = reason ?? `because no identity-based policy allows the ${action} action`;
    throw refusal({ principal, action, resource, context, reason: why });
  };

  readonly permits: Permits = (principal, action, resource, context = {}) =>
    this.decide(principal, action, resource, context).allowed;

  /** The latest calls, oldest first. */
  records(): readonly CallRecord[] {
    return [...this.kept];
  }

  private record(call: CallRecord): void {
    this.kept.push(call);
    // Dropping in lots keeps the cost of a full log even.
    if (this.kept.length >= this.capacity * 2) this.kept.splice(0, this.kept.length - this.capacity);
    appendFileSync(this.options.file, `${JSON.stringify(call)}\n`);
  }
}
