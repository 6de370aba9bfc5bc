import { AwsError, type AwsRequest, type AwsResponse } from "../../local/kernel/aws-service";
import { childText, parseXml, type XmlElement } from "../../local/services/s3/xml";
import { cloudFrontId } from "../identifiers";
import { childOf, textsOf, xml } from "../xml";
import { bodyText } from "../body-text";
import { answer, created, gone, header } from "./answer";
import { filledIn } from "./filled-in";
import { requirePublished } from "./functions";
import { requireReferred } from "./references";
import { type CloudFrontStore, type Entity, requireMatch } from "./store";
import type { Tags } from "./tags";

export interface DistributionPlace {
  readonly account: string;
  /** Domain name of every distribution made here: where somebody listens. */
  readonly host: string;
}

const KIND = "distribution";

/** Distributions stand as soon as they are asked for: how long a deployment takes is CloudFront's, and is not imitated. */
export async function distributionCall(
  store: CloudFrontStore,
  tags: Tags,
  place: DistributionPlace,
  request: AwsRequest,
  id: string | undefined,
  part: string | undefined,
): Promise<AwsResponse> {
  if (id === undefined) return create(store, tags, place, parseXml(await bodyText(request)));
  const entity = store.get(KIND, id, "NoSuchDistribution");
  switch (request.method) {
    case "GET":
      return answer(part === "config" ? entity.config : described(entity, place), entity.etag);
    case "PUT": {
      requireMatch(entity, header(request, "if-match"));
      const config = parseXml(await bodyText(request));
      accept(store, config);
      store.replace(entity, filledIn(config));
      return answer(described(entity, place), entity.etag);
    }
    case "DELETE":
      requireMatch(entity, header(request, "if-match"));
      if (childText(entity.config, "Enabled") === "true") {
        throw new AwsError(
          "DistributionNotDisabled",
          "The distribution you are trying to delete has not been disabled.",
          409,
        );
      }
      store.remove(entity);
      tags.forget(arnOf(place, id));
      return gone();
    default:
      throw new AwsError("InvalidArgument", `${request.method} of ${request.path} is not answered here`, 405);
  }
}

function create(store: CloudFrontStore, tags: Tags, place: DistributionPlace, document: XmlElement): AwsResponse {
  const config = childOf(document, "DistributionConfig") ?? document;
  accept(store, config);
  const reference = childText(config, "CallerReference");
  if (store.all(KIND).some((each) => childText(each.config, "CallerReference") === reference)) {
    throw new AwsError("DistributionAlreadyExists", "The caller reference that you are using is taken.", 409);
  }
  const entity = store.add(KIND, cloudFrontId("E"), filledIn(config));
  const given = childOf(document, "Tags");
  if (given) tags.put(arnOf(place, entity.id), given);
  return created(described(entity, place), entity.etag, `${KIND}/${entity.id}`);
}

function accept(store: CloudFrontStore, config: XmlElement): void {
  if (config.name !== "DistributionConfig") {
    throw new AwsError("MalformedInput", `The document must be a DistributionConfig, got ${config.name}`, 400);
  }
  const origins = new Set(textsOf(childOf(config, "Origins") ?? xml("Origins"), "Id"));
  const unknown = textsOf(config, "TargetOriginId").find((origin) => !origins.has(origin));
  if (unknown) throw new AwsError("NoSuchOrigin", `No origin exists with the specified Origin Id: ${unknown}`, 404);
  requireReferred(store, KIND, config);
  for (const arn of textsOf(config, "FunctionARN")) requirePublished(store, arn);
}

function described({ id, config, modified }: Entity, place: DistributionPlace): XmlElement {
  const groups = textsOf(config, "KeyGroup");
  const none = (name: string): XmlElement => xml(name, xml("Enabled", false), xml("Quantity", 0));
  const trusted = xml("ActiveTrustedKeyGroups", xml("Enabled", groups.length > 0), xml("Quantity", groups.length));
  return xml(
    "Distribution",
    xml("Id", id),
    xml("ARN", arnOf(place, id)),
    xml("Status", "Deployed"),
    xml("LastModifiedTime", modified.toISOString()),
    xml("InProgressInvalidationBatches", 0),
    xml("DomainName", place.host),
    none("ActiveTrustedSigners"),
    trusted,
    config,
  );
}

function arnOf({ account }: DistributionPlace, id: string): string {
  return `arn:aws:cloudfront::${account}:distribution/${id}`;
}
