import type { Authorize, AwsService } from "../../kernel/aws-service";
import type { Clock } from "../../kernel/clock";
import type { BusEvent, EventBus, EventEntry } from "../../kernel/event-bus";
import type { Deployment } from "../../terraform/deployment";
import type { SendMessage } from "../sqs/sqs";
import type { Timers } from "../timers";
import { createDelivery } from "./delivery";
import { putEvents } from "./put-events";
import { readRules, type Rule } from "./rules";
import type { Deliver } from "./targets";

export interface EventBridgeOptions {
  readonly deployment: Deployment;
  readonly deliver: Deliver;
  readonly deadLetters: SendMessage;
  readonly authorize: Authorize;
  readonly clock: Clock;
  /** Makes event ids; UUIDs on AWS. */
  readonly ids: () => string;
  readonly timers: Timers;
  readonly onLost: (message: string) => void;
  /** Milliseconds before retry n, from 1; AWS waits up to minutes, one machine need not. */
  readonly retryDelayMs?: (retry: number) => number;
}

export interface EventBridge extends EventBus, AwsService {
  /** Starts the schedules. A rule's first scheduled event comes one period later. */
  start(): void;
  /** Resolves when every event has reached its targets or a dead-letter queue. */
  idle(): Promise<void>;
  /** Stops schedules and waiting retries; later events are dropped. Resolves when the attempts under way have ended. */
  stop(): Promise<void>;
}

const shortBackoff = (retry: number): number => Math.min(250 * 2 ** (retry - 1), 5000);

/** The account's default event bus with the rules, targets and schedules of the synthesised stack. */
export function createEventBridge(options: EventBridgeOptions): EventBridge {
  const { deployment, clock, timers } = options;
  const { account, region } = deployment;
  const rules = readRules(deployment);
  const delivery = createDelivery({ retryDelayMs: shortBackoff, ...options });
  const schedules = new Map<Rule, () => void>();

  function envelope(entry: EventEntry): BusEvent {
    return {
      version: "0",
      id: options.ids(),
      source: entry.source,
      "detail-type": entry.detailType,
      account,
      region,
      time: `${new Date(clock()).toISOString().slice(0, 19)}Z`,
      resources: entry.resources ?? [],
      detail: entry.detail,
    };
  }

  function publish(entry: EventEntry): string {
    // Through JSON, so that targets never share objects with the emitter and see what AWS would send.
    const event = JSON.parse(JSON.stringify(envelope(entry))) as BusEvent;
    for (const rule of rules) if (rule.matches?.(event)) send(rule, event);
    return event.id;
  }

  function send(rule: Rule, event: BusEvent): void {
    for (const target of rule.targets) delivery.send(rule, target, event);
  }

  function schedule(rule: Rule, everyMs: number): void {
    const cancel = timers.after(everyMs, () => {
      schedule(rule, everyMs);
      send(rule, envelope({ source: "aws.events", detailType: "Scheduled Event", resources: [rule.arn], detail: {} }));
    });
    schedules.set(rule, cancel);
  }

  return {
    name: "events",
    publish: (entry) => void publish(entry),
    handle: (request) =>
      putEvents(
        request,
        () =>
          options.authorize(
            request.principal,
            "events:PutEvents",
            `arn:aws:events:${region}:${account}:event-bus/default`,
          ),
        publish,
      ),
    start() {
      for (const rule of rules) if (rule.everyMs && !schedules.has(rule)) schedule(rule, rule.everyMs);
    },
    idle: () => delivery.idle(),
    stop() {
      for (const cancel of schedules.values()) cancel();
      schedules.clear();
      return delivery.stop();
    },
  };
}
