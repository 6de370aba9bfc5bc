import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { json } from "../shared/json";
import type { Unwatched } from "./alarm";
import { graph, layOut, type Row, text } from "./dashboard-layout";
import { deliverRow, entitleRow, ingestRow, packageRow, transcodeRow } from "./dashboard-rows";
import type { EdgeSources } from "./edge-alarms";
import { handled, waitingIn } from "./metrics";
import type { RegionSources } from "./region-alarms";
import { runbook } from "./runbook";

export interface DashboardProps extends RegionSources, EdgeSources {
  readonly edgeRegion: string;
  readonly deadLetterQueues: readonly string[];
  readonly unwatched: readonly Unwatched[];
}

/** The platform in one picture: six stages, from the upload to the alarms. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    const { environment } = props;
    const rows = [
      ingestRow(props),
      transcodeRow(props),
      packageRow(props),
      deliverRow(props, props.edgeRegion),
      entitleRow(props),
      operateRow(props),
    ];
    new CloudwatchDashboard(this, "vod", {
      dashboardName: `vod-${environment.name}`,
      dashboardBody: json({ widgets: layOut(rows) }),
    });
  }
}

function operateRow({ environment, deadLetterQueues, unwatched }: DashboardProps): Row {
  const { region } = environment;
  const missing = unwatched.map(({ name, reason }) => `- ${name}: ${reason}`);
  return {
    stage: "operate",
    says: `what cannot be handled is parked; ${link(environment)}`,
    widgets: [
      graph("Events that wait for a person", region, deadLetterQueues.map(waitingIn)),
      ...(environment.operate.beacons.enabled
        ? [graph("What players report: accepted, refused", region, [handled(environment, "BeaconsAccepted"), handled(environment, "BeaconsRefused")])] // prettier-ignore
        : []),
      text(["**Not watched**", ...(missing.length > 0 ? missing : ["everything is"])].join("\n")),
    ],
  };
}

function link(environment: Environment): string {
  return `[runbook](${runbook(environment, "how-to-use-this")})`;
}
