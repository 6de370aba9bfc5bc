/** An event as EventBridge delivers it to targets. */
export interface BusEvent {
  readonly version: "0";
  readonly id: string;
  readonly source: string;
  readonly "detail-type": string;
  readonly account: string;
  readonly region: string;
  /** ISO 8601, whole seconds, UTC. */
  readonly time: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What an emitter supplies; the bus adds the envelope. */
export interface EventEntry {
  readonly source: string;
  readonly detailType: string;
  readonly resources?: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The account's default event bus. `publish` returns at once; delivery is asynchronous. */
export interface EventBus {
  publish(entry: EventEntry): void;
}
