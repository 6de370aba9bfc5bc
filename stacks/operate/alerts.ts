import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { DeadLetters } from "../shared/dead-letters";
import { RETRY_POLICY } from "../shared/event-route";
import { json } from "../shared/json";
import type { Place } from "../shared/place";
import type { StorageKey } from "../shared/storage-key";
import { type Alert, alertPattern } from "./alert-patterns";
import type { Notifications } from "./notifications";
import { runbook } from "./runbook";

export interface AlertsProps {
  readonly environment: Environment;
  readonly key: StorageKey;
  readonly place: Place;
  readonly notifications: Notifications;
  /** Of the queue for alerts that could not be sent: `alerts`, or `edge_alerts`. */
  readonly name: "alerts" | "edge_alerts";
  readonly alerts: Readonly<Record<string, Alert>>;
}

/** Operators are told of changes that weaken what the platform stands on, within minutes of CloudTrail's record. */
export class Alerts extends Construct {
  constructor(scope: Construct, id: string, props: AlertsProps) {
    super(scope, id);
    const { environment, key, place, notifications } = props;
    const parked = new DeadLetters(this, props.name, environment, key, place);
    for (const [name, alert] of Object.entries(props.alerts)) {
      const address = name.replaceAll("-", "_");
      const rule = new CloudwatchEventRule(this, address, {
        provider: place.provider,
        name: `vod-${name}-${environment.name}`,
        description: `${alert.happened} Runbook: ${runbook(environment, name)}`,
        eventPattern: json(alertPattern(environment, alert)),
      });
      new CloudwatchEventTarget(this, `${address}:target`, {
        provider: place.provider,
        rule: rule.name,
        arn: notifications.operators.arn,
        retryPolicy: RETRY_POLICY,
        deadLetterConfig: { arn: parked.arn },
        inputTransformer: {
          inputPaths: {
            who: "$.detail.userIdentity.arn",
            what: "$.detail.eventName",
            when: "$.detail.eventTime",
            from: "$.detail.sourceIPAddress",
          },
          inputTemplate: `"${alert.happened} <who> called <what> from <from> at <when>. Runbook: ${runbook(environment, name)}"`,
        },
      });
    }
  }
}
