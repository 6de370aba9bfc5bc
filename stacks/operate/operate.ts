import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import type { Deliver } from "../deliver/deliver";
import type { Package } from "../package/package";
import type { Catalogue } from "../shared/catalogue";
import { DeadLetters } from "../shared/dead-letters";
import type { FunctionContext, HandlerFunction } from "../shared/handler-function";
import type { Transcode } from "../transcode/transcode";
import { AlarmSet } from "./alarm-set";
import { Backlog } from "./backlog";
import { Budget } from "./budget";
import { edgeAlarms } from "./edge-alarms";
import { EdgePlace } from "./edge-place";
import { Notifications } from "./notifications";
import { regionAlarms } from "./region-alarms";

export interface OperateProps {
  readonly context: FunctionContext;
  readonly edgeProvider: AwsProvider;
  readonly catalogue: Catalogue;
  readonly transcode: Transcode;
  readonly package: Package;
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
    const { context, catalogue, transcode, edgeProvider, deliver } = props;
    const { environment, key } = context;
    const place = { region: environment.region };
    const notifications = new Notifications(this, "news", { environment, key, place, prefix: "" });
    const distributionId = deliver.distribution.id;
    const edge = new EdgePlace(this, "edge", { environment, edgeProvider, distributionId, key, notifications });
    new Backlog(this, "backlog", { context, catalogue, transcode });
    new Budget(this, "spending", environment, notifications);

    const alarms = new AlarmSet(this, "alarms", { environment, place, notifications });
    const edgeSet = edge.home ? alarms : new AlarmSet(this, "edge-alarms", { environment, ...edge });
    this.watch(alarms, edgeSet);
    alarms.watchDeadLetters(deadLetters(scope, place.region));
    alarms.page("page");
    if (edge.home) return;
    edgeSet.watchDeadLetters(deadLetters(scope, edge.place.region));
    edgeSet.page("edge_page");
  }

  private watch(alarms: AlarmSet, edge: AlarmSet): void {
    const { context, transcode, mint, deliver } = this.props;
    const { environment } = context;
    alarms.watch(
      regionAlarms({
        environment,
        mintFunction: mint.lambda.functionName,
        queueArn: transcode.queueArn,
        packagingConfigurations: this.props.package.packaging?.configurationIds ?? [],
      }),
    );
    edge.watch(edgeAlarms({ environment, distributionId: deliver.distribution.id, firewall: deliver.firewallName }));
  }
}

/** Every queue of a Region in which an event can be stranded. */
function deadLetters(stack: Construct, region: string): DeadLetters[] {
  const queues = stack.node.findAll().filter((construct) => construct instanceof DeadLetters);
  return queues.filter(({ place }) => place.region === region);
}
