import { AwsError, type AwsResponse } from "../../kernel/aws-service";
import { bucketArn, findBucket, objectArn, type S3Call, type S3Context } from "./context";
import { deleteObject, findObject } from "./objects";
import { checkKey } from "./parse-call";
import { readXml } from "./read-xml";
import { children, childText, document, element, malformed, optional, text, type Xml, type XmlElement } from "./xml";

const XML = { "content-type": "application/xml" };
/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const MOST_DELETES = 1_000;

export async function listBuckets(context: S3Context, call: S3Call): Promise<AwsResponse> {
  context.authorize(call.principal, "s3:ListAllMyBuckets", "*");
  const buckets = [...context.buckets.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, createdAt }) =>
      element(
        "Bucket",
        text("Name", name),
        text("CreationDate", createdAt.toISOString()),
        text("BucketRegion", context.region),
      ),
    );
  const owner = element("Owner", text("ID", context.account), text("DisplayName", context.account));
  return { status: 200, headers: XML, body: document("ListAllMyBucketsResult", owner, element("Buckets", ...buckets)) };
}

export async function headBucket(context: S3Context, call: S3Call): Promise<AwsResponse> {
  context.authorize(call.principal, "s3:ListBucket", bucketArn(call.bucket));
  findBucket(context, call.bucket);
  return { status: 200, headers: { ...XML, "x-amz-bucket-region": context.region } };
}

export async function getLocation(context: S3Context, call: S3Call): Promise<AwsResponse> {
  context.authorize(call.principal, "s3:GetBucketLocation", bucketArn(call.bucket));
  findBucket(context, call.bucket);
  // The oldest Region has no name here.
  const region = context.region === "us-east-1" ? "" : context.region;
  return { status: 200, headers: XML, body: document("LocationConstraint", region) };
}

export async function getRequestPayment(context: S3Context, call: S3Call): Promise<AwsResponse> {
  context.authorize(call.principal, "s3:GetBucketRequestPayment", bucketArn(call.bucket));
  findBucket(context, call.bucket);
  return { status: 200, headers: XML, body: document("RequestPaymentConfiguration", text("Payer", "BucketOwner")) };
}

export async function getVersioning(context: S3Context, call: S3Call): Promise<AwsResponse> {
  context.authorize(call.principal, "s3:GetBucketVersioning", bucketArn(call.bucket));
  const { versioned } = findBucket(context, call.bucket);
  return {
    status: 200,
    headers: XML,
    body: document("VersioningConfiguration", optional("Status", versioned ? "Enabled" : undefined)),
  };
}

/** Objects carry no tags here; clients ask before they copy one. */
export async function getTagging(context: S3Context, call: S3Call): Promise<AwsResponse> {
  context.authorize(call.principal, "s3:GetObjectTagging", objectArn(call.bucket, call.key));
  findObject(findBucket(context, call.bucket), call.key, call.query.get("versionId") ?? undefined);
  return { status: 200, headers: XML, body: document("Tagging", element("TagSet")) };
}

export async function deleteObjects(context: S3Context, call: S3Call): Promise<AwsResponse> {
  const body = await readXml(call.request, "Delete");
  const objects = children(body, "Object");
  if (objects.length === 0 || objects.length > MOST_DELETES) throw malformed();
  findBucket(context, call.bucket);
  const quiet = childText(body, "Quiet") === "true";
  const results = objects.map((object) => deleteOne(context, call, object));
  const shown = results.filter(({ failed }) => failed || !quiet).map(({ xml }) => xml);
  return { status: 200, headers: XML, body: document("DeleteResult", ...shown) };
}

/** One key may be refused and the others deleted all the same. */
function deleteOne(
  context: S3Context,
  call: S3Call,
  object: XmlElement,
): { readonly failed: boolean; readonly xml: Xml } {
  const key = childText(object, "Key") ?? "";
  const versionId = childText(object, "VersionId");
  const action = versionId === undefined ? "s3:DeleteObject" : "s3:DeleteObjectVersion";
  const named = [text("Key", key), optional("VersionId", versionId)];
  try {
    checkKey(key);
    context.authorize(call.principal, action, objectArn(call.bucket, key));
    const { marker } = deleteObject(context, findBucket(context, call.bucket), key, versionId);
    const hidden = marker === undefined ? [] : [text("DeleteMarker", true), text("DeleteMarkerVersionId", marker)];
    return { failed: false, xml: element("Deleted", ...named, ...hidden) };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { failed: true, xml: element("Error", ...named, text("Code", error.code), text("Message", error.message)) };
  }
}
