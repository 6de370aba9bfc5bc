import { AwsError, type AwsRequest, type AwsResponse } from "../../local/kernel/aws-service";
import { childText, parseXml, type XmlElement } from "../../local/services/s3/xml";
import { childOf, textsOf, xml } from "../xml";
import { bodyText } from "../body-text";
import { answer, created, gone, header } from "./answer";
import { type CloudFrontStore, type Entity, requireMatch } from "./store";

type Stage = "DEVELOPMENT" | "LIVE";

const MISSING = "NoSuchFunctionExists";
const kindOf = (stage: Stage): string => `function-${stage.toLowerCase()}`;

/** CloudFront functions: each has a draft, and what was published of it. */
export async function functionCall(
  store: CloudFrontStore,
  account: string,
  request: AwsRequest,
  name: string | undefined,
  part: string | undefined,
): Promise<AwsResponse> {
  if (name === undefined) return create(store, account, parseXml(await bodyText(request)));
  const stage = request.query.get("Stage") === "LIVE" ? "LIVE" : "DEVELOPMENT";
  const draft = store.get(kindOf("DEVELOPMENT"), name, MISSING);
  const entity = store.get(kindOf(stage), name, MISSING);
  switch (`${request.method} ${part ?? ""}`.trim()) {
    case "GET describe":
      return answer(described(entity, account, stage, published(store, name)), entity.etag);
    case "GET":
      return code(entity);
    case "PUT":
      requireMatch(draft, header(request, "if-match"));
      store.replace(draft, parseXml(await bodyText(request)));
      return updated(described(draft, account, "DEVELOPMENT", undefined), draft.etag);
    case "POST publish":
      requireMatch(draft, header(request, "if-match"));
      store.add(kindOf("LIVE"), name, draft.config);
      return answer(described(draft, account, "LIVE", draft));
    case "DELETE":
      requireMatch(draft, header(request, "if-match"));
      requireUnused(store, arnOf(account, name));
      for (const each of [draft, published(store, name)]) if (each) store.remove(each);
      return gone();
    default:
      throw new AwsError("InvalidArgument", `${request.method} of ${request.path} is not answered here`, 405);
  }
}

/** A behaviour may only run what was published. */
export function requirePublished(store: CloudFrontStore, arn: string): void {
  const name = arn.split("/").at(-1) ?? "";
  if (published(store, name)) return;
  throw new AwsError("InvalidFunctionAssociation", `${arn} is not published, so no behaviour can run it`, 400);
}

function create(store: CloudFrontStore, account: string, document: XmlElement): AwsResponse {
  const name = childText(document, "Name") ?? "";
  if (store.find(kindOf("DEVELOPMENT"), name)) {
    throw new AwsError("FunctionAlreadyExists", `There is a function of the name ${name} already`, 409);
  }
  const draft = store.add(kindOf("DEVELOPMENT"), name, document);
  return created(described(draft, account, "DEVELOPMENT", undefined), draft.etag, `function/${name}`);
}

/** The API's own spelling: https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateFunction.html */
function updated(document: XmlElement, ettag: string): AwsResponse {
  const { headers, ...rest } = answer(document);
  return { ...rest, headers: { ...headers, ettag } };
}

function requireUnused(store: CloudFrontStore, arn: string): void {
  const user = store.all("distribution").find(({ config }) => textsOf(config, "FunctionARN").includes(arn));
  if (user) throw new AwsError("FunctionInUse", `${arn} is in use by distribution ${user.id}`, 409);
}

function published(store: CloudFrontStore, name: string): Entity | undefined {
  return store.find(kindOf("LIVE"), name);
}

function code({ config, etag }: Entity): AwsResponse {
  const body = Buffer.from(childText(config, "FunctionCode") ?? "", "base64");
  return { status: 200, headers: { "content-type": "application/octet-stream", etag }, body };
}

function described(entity: Entity, account: string, stage: Stage, live: Entity | undefined): XmlElement {
  const time = entity.modified.toISOString();
  return xml(
    "FunctionSummary",
    xml("Name", entity.id),
    xml("Status", live ? "DEPLOYED" : "UNPUBLISHED"),
    childOf(entity.config, "FunctionConfig") ?? xml("FunctionConfig"),
    xml(
      "FunctionMetadata",
      xml("FunctionARN", arnOf(account, entity.id)),
      xml("Stage", stage),
      xml("CreatedTime", time),
      xml("LastModifiedTime", time),
    ),
  );
}

function arnOf(account: string, name: string): string {
  return `arn:aws:cloudfront::${account}:function/${name}`;
}
