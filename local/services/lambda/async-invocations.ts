import type { Principal } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import { createInFlight } from "../in-flight";
import type { SendMessage } from "../sqs/sqs";
import type { Timers } from "../timers";
import type { AcceptedEvent, EventJournal } from "./event-journal";
import type { FunctionConfig } from "./functions";
import type { Outcome } from "./instance";

export interface AsyncInvocationsOptions {
  readonly run: (config: FunctionConfig, requestId: string, payload: string) => Promise<Outcome>;
  readonly send: SendMessage;
  /** The function's own role, with which Lambda sends its records. */
  readonly sessionOf: (config: FunctionConfig) => Principal;
  readonly journal: EventJournal;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Milliseconds to wait before retry 1, 2; AWS waits one minute, then two. */
  readonly retryDelayMs: (retry: number) => number;
  /** Told of an event that failed for good and reached no queue. */
  readonly onLost: (message: string) => void;
}

export interface AsyncInvocations {
  /** Takes the event; once this returns it outlives the process. */
  accept(config: FunctionConfig, requestId: string, payload: string): void;
  /** Runs what an earlier process accepted and did not end; an event of a function that is gone is made known. */
  resume(functionNamed: (name: string) => FunctionConfig | undefined): void;
  idle(): Promise<void>;
  /** Gives up waiting retries and leaves them, and what runs, to the next start; does not wait for handlers. */
  stop(): void;
}

interface Job extends AcceptedEvent {
  readonly config: FunctionConfig;
  attempts: number;
}

/**
 * Lambda's asynchronous invocations (https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html): a failed
 * event is retried within its function's settings, then a record goes to the on-failure destination, and the event
 * itself to a dead-letter queue.
 */
export function createAsyncInvocations(options: AsyncInvocationsOptions): AsyncInvocations {
  const inFlight = createInFlight();
  const waiting = new Set<() => void>();
  let stopped = false;

  async function process(job: Job): Promise<void> {
    for (;;) {
      job.attempts += 1;
      const outcome = await options.run(job.config, job.requestId, job.payload);
      if (outcome.ok) return conclude(job, outcome, "Success");
      // Ended with the platform: not the function's failure, so no dead letter; the next start runs it again.
      if (stopped) return;
      const { maximumRetryAttempts, maximumEventAgeMs } = job.config.asynchronous;
      if (job.attempts > maximumRetryAttempts) return conclude(job, outcome, "RetriesExhausted");
      const delay = options.retryDelayMs(job.attempts);
      if (options.clock() + delay - job.acceptedAt > maximumEventAgeMs)
        return conclude(job, outcome, "EventAgeExceeded");
      if (!(await pause(delay))) return;
    }
  }

  /** False when the service stopped meanwhile. */
  function pause(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      const giveUp = (): void => {
        cancel();
        resolve(false);
      };
      const cancel = options.timers.after(ms, () => {
        waiting.delete(giveUp);
        resolve(true);
      });
      waiting.add(giveUp);
    });
  }

  async function conclude(job: Job, outcome: Outcome, condition: string): Promise<void> {
    const { onSuccessArn, onFailureArn, deadLetterArn } = job.config.asynchronous;
    const destination = outcome.ok ? onSuccessArn : onFailureArn;
    if (destination) await send(job, destination, JSON.stringify(record(job, outcome, condition, options.clock())));
    if (!outcome.ok) {
      const { errorMessage } = outcome.failure;
      if (deadLetterArn) await send(job, deadLetterArn, job.payload, deadLetterAttributes(job, errorMessage));
      if (!destination && !deadLetterArn) lost(job, `${errorMessage}; it has no on-failure destination`);
    }
    options.journal.end(job.requestId);
  }

  async function send(job: Job, queueArn: string, body: string, attributes?: Record<string, string>): Promise<void> {
    try {
      await options.send(options.sessionOf(job.config), queueArn, body, attributes);
    } catch (error) {
      lost(job, `${queueArn} did not take its record: ${(error as Error).message}`);
    }
  }

  const lost = ({ functionName, requestId }: AcceptedEvent, why: string): void =>
    options.onLost(`${functionName}: event of request ${requestId}: ${why}`);

  function begin(config: FunctionConfig, event: AcceptedEvent): void {
    const end = inFlight.begin();
    void process({ ...event, config, attempts: 0 })
      .catch((error: unknown) => lost(event, (error as Error).message))
      .finally(end);
  }

  return {
    accept(config, requestId, payload) {
      const event = { requestId, functionName: config.name, payload, acceptedAt: options.clock() };
      options.journal.accept(event);
      begin(config, event);
    },
    resume(functionNamed) {
      for (const event of options.journal.unfinished) {
        const config = functionNamed(event.functionName);
        if (config) begin(config, event);
        else {
          lost(event, "the function is no longer in the stack");
          options.journal.end(event.requestId);
        }
      }
    },
    idle: () => inFlight.idle(),
    stop() {
      stopped = true;
      for (const giveUp of waiting) giveUp();
      waiting.clear();
    },
  };
}

/** The record's shape: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function record(job: Job, outcome: Outcome, condition: string, now: number): unknown {
  return {
    version: "1.0",
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId: job.requestId,
      functionArn: `${job.config.arn}:$LATEST`,
      condition,
      approximateInvokeCount: job.attempts,
    },
    requestPayload: JSON.parse(job.payload) as unknown,
    responseContext: {
      statusCode: 200,
      executedVersion: "$LATEST",
      ...(!outcome.ok && { functionError: "Unhandled" }),
    },
    responsePayload: outcome.ok ? (JSON.parse(outcome.payload) as unknown) : outcome.failure,
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html#invocation-dlq */
const deadLetterAttributes = (job: Job, message: string): Record<string, string> => ({
  RequestID: job.requestId,
  ErrorCode: "200",
  ErrorMessage: message.slice(0, 1024),
});
