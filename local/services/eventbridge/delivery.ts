import { AwsError, type Principal } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { BusEvent } from "../../kernel/event-bus";
import { createInFlight } from "../in-flight";
import type { SendMessage } from "../sqs/sqs";
import type { Timers } from "../timers";
import type { Rule, Target } from "./rules";
import type { Deliver } from "./targets";

export interface DeliveryOptions {
  readonly deliver: Deliver;
  readonly deadLetters: SendMessage;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Milliseconds to wait before retry 1, 2, ... */
  readonly retryDelayMs: (retry: number) => number;
  /** Told of an event that reached neither its target nor a queue. */
  readonly onLost: (message: string) => void;
}

export interface Delivery {
  send(rule: Rule, target: Target, event: BusEvent): void;
  idle(): Promise<void>;
  /** Gives up waiting retries and waits for the attempts under way. */
  stop(): Promise<void>;
}

interface Job {
  readonly rule: Rule;
  readonly target: Target;
  readonly event: BusEvent;
  readonly principal: Principal;
  readonly startedAt: number;
  readonly end: () => void;
  retries: number;
}

/**
 * Delivers events at least once: failures are retried within the target's policy, then the event goes to the
 * dead-letter queue with the attributes that EventBridge sets
 * (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html).
 */
export function createDelivery(options: DeliveryOptions): Delivery {
  const { clock, timers } = options;
  const inFlight = createInFlight();
  const waiting = new Map<Job, () => void>();
  let stopped = false;

  async function attempt(job: Job): Promise<void> {
    try {
      await options.deliver(job.principal, job.target.arn, job.target.input(job.event));
      job.end();
    } catch (error) {
      await retryOrPark(job, error);
    }
  }

  async function retryOrPark(job: Job, error: unknown): Promise<void> {
    const delay = options.retryDelayMs(job.retries + 1);
    const exhausted = exhaustedBy(job, clock() + delay - job.startedAt);
    if (exhausted || !isRetryable(error)) return park(job, error, exhausted);
    if (stopped) return job.end();
    job.retries += 1;
    const cancel = timers.after(delay, () => {
      waiting.delete(job);
      void attempt(job);
    });
    waiting.set(job, cancel);
  }

  async function park(job: Job, error: unknown, exhausted: string | undefined): Promise<void> {
    const { rule, target, event } = job;
    const failure = describe(error);
    const what = `rule ${rule.name}: event ${event.id} (${event["detail-type"]}) did not reach ${target.arn}: ${failure.message}`;
    try {
      if (!target.deadLetterArn) return options.onLost(`${what}; the target has no dead-letter queue`);
      await options.deadLetters(job.principal, target.deadLetterArn, JSON.stringify(event), {
        RULE_ARN: rule.arn,
        TARGET_ARN: target.arn,
        ERROR_CODE: failure.code,
        ERROR_MESSAGE: failure.message,
        ...(exhausted && { EXHAUSTED_RETRY_CONDITION: exhausted }),
        RETRY_ATTEMPTS: String(job.retries),
      });
    } catch (queueError) {
      options.onLost(`${what}; nor ${target.deadLetterArn}: ${describe(queueError).message}`);
    } finally {
      job.end();
    }
  }

  return {
    send(rule, target, event) {
      if (stopped) return;
      const principal: Principal = { kind: "service", arn: "events.amazonaws.com", sourceArn: rule.arn };
      const job: Job = { rule, target, event, principal, startedAt: clock(), end: inFlight.begin(), retries: 0 };
      queueMicrotask(() => void attempt(job));
    },
    idle: () => inFlight.idle(),
    async stop() {
      stopped = true;
      for (const [job, cancel] of waiting) {
        cancel();
        job.end();
      }
      waiting.clear();
      await inFlight.idle();
    },
  };
}

function exhaustedBy(job: Job, ageMs: number): string | undefined {
  if (job.retries >= job.target.maximumRetryAttempts) return "MaximumRetryAttempts";
  return ageMs > job.target.maximumEventAgeMs ? "MaximumEventAgeInSeconds" : undefined;
}

/**
 * Missing permissions and resources are not retried:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html
 */
function isRetryable(error: unknown): boolean {
  return !(error instanceof AwsError) || error.status >= 500 || error.status === 429;
}

function describe(error: unknown): { code: string; message: string } {
  if (error instanceof AwsError) return { code: error.code, message: error.message };
  return { code: "InternalFailure", message: error instanceof Error ? error.message : String(error) };
}
