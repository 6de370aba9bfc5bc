import { CloudwatchCompositeAlarm } from "@cdktf/provider-aws/lib/cloudwatch-composite-alarm";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { DeadLetters } from "../shared/dead-letters";
import type { Place } from "../shared/place";
import { type Alarm, type Alarms, metric, type Unwatched } from "./alarm";
import { waitingIn } from "./metrics";
import type { Notifications } from "./notifications";
import { runbook } from "./runbook";

export interface AlarmSetProps {
  readonly environment: Environment;
  readonly place: Place;
  readonly notifications: Notifications;
}

/** The alarms of one Region: each tells operators, and one for those together that page. */
export class AlarmSet extends Construct {
  private readonly paging: CloudwatchMetricAlarm[] = [];
  readonly unwatched: Unwatched[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: AlarmSetProps,
  ) {
    super(scope, id);
  }

  watch<Name extends string>(alarms: Alarms<Name>): void {
    for (const [name, alarm] of Object.entries<Alarms<Name>[Name]>(alarms)) {
      if ("declined" in alarm) this.unwatched.push({ name, reason: alarm.declined });
      else this.add(name, alarm);
    }
  }

  /** Every queue in which an event can be stranded. */
  watchDeadLetters(queues: readonly DeadLetters[]): void {
    for (const { handler, queueName } of queues) {
      new CloudwatchMetricAlarm(this, `${handler}_dead_letters`, {
        ...this.common("dead-letters", "An event could not be handled and waits in the dead-letter queue."),
        alarmName: queueName,
        ...metric(waitingIn(queueName), { seconds: 60, above: 0 }),
      });
    }
  }

  /** The one alarm of the Region that wakes somebody. It sees no other Region's alarms. */
  page(id: "page" | "edge_page"): void {
    const { environment, place, notifications } = this.props;
    if (this.paging.length === 0) return;
    new CloudwatchCompositeAlarm(this, id, {
      provider: place.provider,
      alarmName: `vod-${id.replaceAll("_", "-")}-${environment.name}`,
      alarmDescription: `Viewers cannot watch. Runbook: ${runbook(environment, "page")}`,
      alarmRule: this.paging.map(({ alarmName }) => `ALARM("${alarmName}")`).join(" OR "),
      alarmActions: [notifications.pager.arn],
      okActions: [notifications.pager.arn],
    });
  }

  private add(name: string, { failed, watch, pages }: Alarm): void {
    const alarm = new CloudwatchMetricAlarm(this, name.replaceAll("-", "_"), {
      ...this.common(name, failed),
      alarmName: `vod-${name}-${this.props.environment.name}`,
      ...watch,
    });
    if (pages) this.paging.push(alarm);
  }

  private common(section: string, failed: string) {
    const { environment, place, notifications } = this.props;
    return {
      provider: place.provider,
      alarmDescription: `${failed} Runbook: ${runbook(environment, section)}`,
      alarmActions: [notifications.operators.arn],
    };
  }
}
