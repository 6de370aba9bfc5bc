import { appendFileSync, mkdirSync } from "node:fs";
import { dirname } from "node:path";
import type { Clock } from "../../kernel/clock";
import type { Deployment } from "../../terraform/deployment";
import type { Timers } from "../timers";
import { type AlarmReading, readAlarms } from "./alarms";
import { embeddedMetrics } from "./embedded-metrics";
import type { AlarmState } from "./metric-alarm";
import { type Measure, MetricStore } from "./metric-store";
import { measureQueue } from "./service-metrics";

export interface CloudWatchOptions {
  readonly deployment: Deployment;
  /** Receives a JSON line for every alarm that changes its state. */
  readonly file: string;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Messages that can be received, by name of queue. */
  readonly queueDepths: () => Readonly<Record<string, number>>;
}

export interface CloudWatch {
  readonly measure: Measure;
  /** Takes a line that a function logged. */
  logged(line: string): void;
  /** Every alarm as it stands now. */
  alarms(): AlarmReading[];
  start(): void;
  stop(): void;
}

/** AWS looks each minute; whoever tries an alarm here need not wait so long. */
const LOOK_EVERY_MS = 5_000;

/** The stack's alarms over what the local services measure. What notifies and pages on AWS is a line in a file here. */
export function createCloudWatch({ deployment, file, clock, timers, queueDepths }: CloudWatchOptions): CloudWatch {
  const store = new MetricStore();
  const read = readAlarms(deployment);
  const states = new Map<string, AlarmState>();
  let cancel: (() => void) | undefined;
  const measure: Measure = (datum) => store.put(datum);

  function look(): void {
    const now = clock();
    for (const [queue, visible] of Object.entries(queueDepths())) measureQueue(measure, queue, visible, now);
    for (const reading of read(store, now)) note(reading, now);
  }

  function note({ name, description, state }: AlarmReading, now: number): void {
    const before = states.get(name);
    states.set(name, state);
    if (state === before || (before === undefined && state !== "ALARM")) return;
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, `${JSON.stringify({ time: new Date(now).toISOString(), alarm: name, state, description })}\n`);
  }

  function again(): void {
    cancel = timers.after(LOOK_EVERY_MS, () => {
      look();
      again();
    });
  }

  return {
    measure,
    logged: (line) => embeddedMetrics(line).forEach(measure),
    alarms() {
      look();
      return read(store, clock());
    },
    start: () => (cancel ? undefined : again()),
    stop() {
      cancel?.();
      cancel = undefined;
    },
  };
}
