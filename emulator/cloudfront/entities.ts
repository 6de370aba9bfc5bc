import { AwsError, type AwsRequest, type AwsResponse } from "../../local/kernel/aws-service";
import { childText, parseXml, type XmlElement } from "../../local/services/s3/xml";
import { xml } from "../xml";
import { bodyText } from "../body-text";
import { answer, created, gone, header } from "./answer";
import type { Kind } from "./kinds";
import { requirePolicyRules } from "./policy-rules";
import { requireReferred, requireUnused } from "./references";
import { type CloudFrontStore, type Entity, requireMatch } from "./store";

/** The calls that policies, access controls, key groups and public keys have in common. */
export async function entityCall(
  store: CloudFrontStore,
  kind: Kind,
  request: AwsRequest,
  id: string | undefined,
  part: string | undefined,
): Promise<AwsResponse> {
  if (id === undefined) return create(store, kind, await configOf(request));
  const entity = store.get(kind.path, id, kind.missing);
  switch (request.method) {
    case "GET":
      return answer(part === "config" ? entity.config : described(kind, entity), entity.etag);
    case "PUT":
      return update(store, kind, entity, request);
    case "DELETE":
      requireMatch(entity, header(request, "if-match"));
      requireUnused(store, kind, id);
      store.remove(entity);
      return gone();
    default:
      throw new AwsError("InvalidArgument", `${request.method} of ${request.path} is not answered here`, 405);
  }
}

async function configOf(request: AwsRequest): Promise<XmlElement> {
  return parseXml(await bodyText(request));
}

function create(store: CloudFrontStore, kind: Kind, config: XmlElement): AwsResponse {
  const name = childText(config, "Name");
  const same = store.all(kind.path).find((each) => childText(each.config, "Name") === name);
  if (same)
    throw new AwsError(kind.exists, `There is a ${kind.path} of the name ${name ?? ""} already: ${same.id}`, 409);
  accept(store, kind, config);
  const entity = store.add(kind.path, kind.newId(), config);
  return created(described(kind, entity), entity.etag, `${kind.path}/${entity.id}`);
}

async function update(store: CloudFrontStore, kind: Kind, entity: Entity, request: AwsRequest): Promise<AwsResponse> {
  requireMatch(entity, header(request, "if-match"));
  const config = await configOf(request);
  accept(store, kind, config);
  const keyOf = (of: XmlElement): string | undefined => childText(of, "EncodedKey")?.trim();
  if (keyOf(config) !== keyOf(entity.config)) {
    throw new AwsError("CannotChangeImmutablePublicKeyFields", "You can't change the value of a public key.", 400);
  }
  store.replace(entity, config);
  return answer(described(kind, entity), entity.etag);
}

function accept(store: CloudFrontStore, kind: Kind, config: XmlElement): void {
  if (config.name !== kind.config) {
    throw new AwsError("MalformedInput", `The document must be a ${kind.config}, got ${config.name}`, 400);
  }
  requirePolicyRules(config);
  requireReferred(store, kind.path, config);
}

function described({ name }: Kind, { id, config, modified }: Entity): XmlElement {
  return xml(name, xml("Id", id), xml("LastModifiedTime", modified.toISOString()), config);
}
