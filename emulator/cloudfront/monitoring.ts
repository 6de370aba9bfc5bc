import { AwsError, type AwsRequest, type AwsResponse } from "../../local/kernel/aws-service";
import { parseXml } from "../../local/services/s3/xml";
import { bodyText } from "../body-text";
import { answer, gone } from "./answer";
import type { CloudFrontStore } from "./store";

const KIND = "monitoring-subscription";

/** Whether a distribution has additional metrics: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateMonitoringSubscription.html */
export async function monitoringCall(
  store: CloudFrontStore,
  request: AwsRequest,
  distribution: string,
): Promise<AwsResponse> {
  store.get("distribution", distribution, "NoSuchDistribution");
  if (request.method === "POST") {
    const body = parseXml(await bodyText(request));
    if (store.find(KIND, distribution)) {
      const message = `Additional metrics of the distribution ${distribution} are on already`;
      throw new AwsError("MonitoringSubscriptionAlreadyExists", message, 409);
    }
    return answer(store.add(KIND, distribution, body).config);
  }
  const subscription = store.get(KIND, distribution, "NoSuchMonitoringSubscription");
  if (request.method === "GET") return answer(subscription.config);
  if (request.method !== "DELETE") {
    throw new AwsError("InvalidArgument", `${request.method} of ${request.path} is not answered here`, 405);
  }
  store.remove(subscription);
  return gone();
}
