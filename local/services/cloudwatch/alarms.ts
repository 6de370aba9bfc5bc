import type { Deployment, Resource } from "../../terraform/deployment";
import { type AlarmState, readMetricAlarm } from "./metric-alarm";
import type { MetricStore } from "./metric-store";

export interface AlarmReading {
  readonly name: string;
  readonly description: string;
  readonly state: AlarmState;
}

/** Every alarm of the stack, those that join others among them, as it stands at a moment. */
export function readAlarms(deployment: Deployment): (store: MetricStore, now: number) => AlarmReading[] {
  const single = deployment.all("aws_cloudwatch_metric_alarm").map(readMetricAlarm);
  const joined = deployment.all("aws_cloudwatch_composite_alarm");
  const names = new Set(single.map(({ name }) => name));
  const members = joined.map((resource) => ({ resource, of: membersOf(resource, names) }));
  return (store, now) => {
    const readings = single.map(({ name, description, judge }) => ({ name, description, state: judge(store, now) }));
    const ringing = new Set(readings.filter(({ state }) => state === "ALARM").map(({ name }) => name));
    const composites = members.map(({ resource: { values }, of }): AlarmReading => ({
      name: String(values.alarm_name),
      description: String(values.alarm_description),
      state: of.some((name) => ringing.has(name)) ? "ALARM" : "OK",
    }));
    return [...readings, ...composites];
  };
}

/** Of `ALARM("one") OR ALARM("other")`, the only rule that is read here. */
function membersOf({ address, values }: Resource, known: ReadonlySet<string>): string[] {
  return String(values.alarm_rule)
    .split(" OR ")
    .map((term) => {
      const name = /^ALARM\("([^"]+)"\)$/.exec(term.trim())?.[1];
      if (name !== undefined && known.has(name)) return name;
      throw new Error(`${address}: alarm_rule must be ALARM("<alarm of the stack>") joined by OR, got ${term}`);
    });
}
