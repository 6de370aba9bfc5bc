import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import type { Deliver } from "../deliver/deliver";
import type { Entitle } from "../entitle/entitle";
import type { Package } from "../package/package";
import type { Catalogue } from "../shared/catalogue";
import { DeadLetters } from "../shared/dead-letters";
import { type FunctionContext, HandlerFunction } from "../shared/handler-function";
import type { StorageKey } from "../shared/storage-key";
import type { Transcode } from "../transcode/transcode";
import { AlarmSet } from "./alarm-set";
import { globalAlerts, regionAlerts } from "./alert-patterns";
import { Alerts } from "./alerts";
import { Backlog } from "./backlog";
import { BEACON_VIEW } from "./beacon-view";
import { Beacons } from "./beacons";
import { Budget } from "./budget";
import { Check } from "./check";
import { Dashboard } from "./dashboard";
import { edgeAlarms, type EdgeSources } from "./edge-alarms";
import { EdgeLogs } from "./edge-logs";
import { EdgePlace } from "./edge-place";
import { EDGE_VIEW } from "./edge-view";
import { LogBucket } from "./log-bucket";
import { LogViews } from "./log-views";
import { Notifications } from "./notifications";
import { Queries } from "./queries";
import { RealtimeLogs } from "./realtime-logs";
import { REALTIME_VIEW } from "./realtime-view";
import { regionAlarms, type RegionSources } from "./region-alarms";
import { Trail } from "./trail";

export interface OperateProps {
  readonly context: FunctionContext;
  readonly edgeProvider: AwsProvider;
  readonly catalogue: Catalogue;
  readonly transcode: Transcode;
  readonly package: Package;
  readonly entitle: Entitle;
  readonly secretsKey: StorageKey;
  readonly originSecret: string;
  readonly mint: HandlerFunction<Record<string, string>>;
  readonly deliver: Deliver;
}

/** Operate: what is going on is measured, what is wrong is said, and viewers who cannot watch wake somebody. */
export class Operate extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: OperateProps,
  ) {
    super(scope, id);
    const { context, catalogue, transcode, edgeProvider, deliver, entitle, secretsKey } = props;
    const { environment, key } = context;
    const place = { region: environment.region };
    const notifications = new Notifications(this, "news", { environment, key, place, prefix: "" });
    const distributionId = deliver.distribution.id;
    const edge = new EdgePlace(this, "edge", { environment, edgeProvider, distributionId, key, notifications });
    this.keepLogs();
    const common = { environment, key };
    new Alerts(this, "alerts", { ...common, place, notifications, name: "alerts", alerts: regionAlerts(environment) });
    new Alerts(this, "edge-alerts", { ...common, ...edge, name: "edge_alerts", alerts: globalAlerts(environment) });
    new Backlog(this, "backlog", { context, catalogue, transcode });
    if (entitle.checkClientId !== undefined) {
      const { origin: cdnOrigin } = deliver;
      new Check(this, "check", { context, secretsKey, cdnOrigin, clientId: entitle.checkClientId });
    }
    const spending = new Budget(this, "spending", environment, notifications);

    const alarms = new AlarmSet(this, "alarms", { environment, place, notifications });
    const edgeSet = edge.home ? alarms : new AlarmSet(this, "edge-alarms", { environment, ...edge });
    const sources = this.sources();
    alarms.watch(regionAlarms(sources));
    edgeSet.watch(edgeAlarms(sources));
    alarms.watchDeadLetters(deadLetters(scope, place.region));
    alarms.page("page");
    if (!edge.home) {
      edgeSet.watchDeadLetters(deadLetters(scope, edge.place.region));
      edgeSet.page("edge_page");
    }
    new Dashboard(this, "dashboard", {
      ...sources,
      edgeRegion: edge.place.region,
      deadLetterQueues: deadLetters(scope, place.region).map(({ queueName }) => queueName),
      unwatched: [...new Set([alarms, edgeSet])].flatMap(({ unwatched }) => unwatched).concat(spending.unwatched),
    });
    new Queries(this, "queries", environment, logGroups(scope));
  }

  private keepLogs(): void {
    const { context, edgeProvider, deliver, entitle, originSecret } = this.props;
    const { environment } = context;
    const { trail, edgeLogs, realtimeLogsPercent: samplePercent, beacons } = environment.operate;
    const bucket = new LogBucket(this, "log-bucket", environment);
    if (trail) new Trail(this, "trail", environment, bucket);
    const { distribution } = deliver;
    if (edgeLogs) new EdgeLogs(this, "edge-logs", { environment, edgeProvider, distribution, bucket });
    if (samplePercent !== undefined) {
      deliver.recordMedia(new RealtimeLogs(this, "realtime-logs", { environment, bucket, samplePercent }).arn);
    }
    if (beacons.enabled) new Beacons(this, "beacons", { context, api: entitle.api, originSecret, bucket });
    const views = [
      ...(edgeLogs ? [EDGE_VIEW] : []),
      ...(samplePercent === undefined ? [] : [REALTIME_VIEW]),
      ...(beacons.enabled ? [BEACON_VIEW] : []),
    ];
    if (views.length > 0) new LogViews(this, "log-views", environment, bucket, views);
  }

  private sources(): RegionSources & EdgeSources {
    const { context, transcode, mint, deliver } = this.props;
    return {
      environment: context.environment,
      mintFunction: mint.lambda.functionName,
      queueArn: transcode.queueArn,
      packagingConfigurations: this.props.package.packaging?.configurationIds ?? [],
      distributionId: deliver.distribution.id,
      firewall: deliver.firewall.name,
    };
  }
}

/** Every queue of a Region in which an event can be stranded. */
function deadLetters(stack: Construct, region: string): DeadLetters[] {
  const queues = stack.node.findAll().filter((construct) => construct instanceof DeadLetters);
  return queues.filter(({ place }) => place.region === region);
}

function logGroups(stack: Construct): string[] {
  const functions = stack.node.findAll().filter((construct) => construct instanceof HandlerFunction);
  return functions.map(({ logGroupName }) => logGroupName);
}
