import { CloudfrontMonitoringSubscription } from "@cdktf/provider-aws/lib/cloudfront-monitoring-subscription";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { newsUsers } from "../shared/data-key-users";
import type { Place } from "../shared/place";
import { StorageKey } from "../shared/storage-key";
import { Notifications } from "./notifications";

/** Where CloudFront, its firewall, and the records of IAM's and CloudFront's changes are. */
const EDGE_REGION = "us-east-1";

export interface EdgePlaceProps {
  readonly environment: Environment;
  readonly edgeProvider: AwsProvider;
  readonly distributionId: string;
  /** Of the environment's own Region. */
  readonly key: StorageKey;
  readonly notifications: Notifications;
}

/** What watching the edge takes in us-east-1: a key and topics of its own, unless the environment is there itself. */
export class EdgePlace extends Construct {
  readonly place: Place;
  readonly key: StorageKey;
  readonly notifications: Notifications;
  /** The environment is in us-east-1, so that there is one Region to watch. */
  readonly home: boolean;

  constructor(scope: Construct, id: string, props: EdgePlaceProps) {
    super(scope, id);
    const { environment, edgeProvider, distributionId } = props;
    // Hit ratio, origin latency and errors by code exist only with it; it is paid for by the distribution.
    new CloudfrontMonitoringSubscription(this, "vod:metrics", {
      distributionId,
      monitoringSubscription: { realtimeMetricsSubscriptionConfig: { realtimeMetricsSubscriptionStatus: "Enabled" } },
    });
    this.home = environment.region === EDGE_REGION;
    this.place = this.home ? { region: EDGE_REGION } : { region: EDGE_REGION, provider: edgeProvider };
    this.key = this.home ? props.key : this.makeKey(environment, edgeProvider);
    this.notifications = this.home
      ? props.notifications
      : new Notifications(this, "news", { environment, key: this.key, place: this.place, prefix: "edge_" });
  }

  private makeKey(environment: Environment, provider: AwsProvider): StorageKey {
    const description = "Topics and queues of the edge's alarms and alerts";
    const key = new StorageKey(this, "edge_news", { environment, provider, description });
    key.admit(newsUsers(environment, EDGE_REGION));
    return key;
  }
}
