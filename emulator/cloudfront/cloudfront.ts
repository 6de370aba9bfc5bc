import { AwsError, type AwsRequest, type AwsResponse, type AwsService } from "../../local/kernel/aws-service";
import { xmlService } from "../xml-service";
import { NAMESPACE, VERSION } from "./answer";
import { distributionCall, type DistributionPlace } from "./distributions";
import { entityCall } from "./entities";
import { functionCall } from "./functions";
import { KINDS } from "./kinds";
import { monitoringCall } from "./monitoring";
import { CloudFrontStore } from "./store";
import { Tags } from "./tags";

export interface CloudFront extends AwsService {
  /** `<kind>/<id>` of everything there is. */
  names(): string[];
}

/**
 * CloudFront's management API as Terraform calls it. What is sent is kept as it was sent, so that nothing is lost on
 * the way back; what is in use cannot be deleted, and what is not there cannot be referred to.
 */
export function createCloudFront(place: DistributionPlace): CloudFront {
  const store = new CloudFrontStore();
  const tags = new Tags();
  const service = xmlService("cloudfront", NAMESPACE, (request) => route(store, tags, place, request));
  return { ...service, names: () => store.names() };
}

async function route(
  store: CloudFrontStore,
  tags: Tags,
  place: DistributionPlace,
  request: AwsRequest,
): Promise<AwsResponse> {
  const [, version, collection = "", id, part] = request.path.split("/").map(decodeURIComponent);
  if (version !== VERSION) throw new AwsError("InvalidArgument", `No API of version ${version ?? ""} here`, 400);
  if (collection === "tagging") return tags.call(request);
  if (collection === "distribution") return distributionCall(store, tags, place, request, id, part);
  if (collection === "distributions" && id !== undefined && part === "monitoring-subscription") {
    return monitoringCall(store, request, id);
  }
  if (collection === "function") return functionCall(store, place.account, request, id, part);
  const kind = KINDS.find(({ path }) => path === collection);
  if (kind) return entityCall(store, kind, request, id, part);
  throw new AwsError(
    "UnknownOperationException",
    `${request.method} ${request.path} is not answered by the emulator: add it to emulator/cloudfront`,
    501,
  );
}
