import { AwsError, type AwsResponse, type ConditionContext } from "../../kernel/aws-service";
import { uriEncode } from "../../gateway/canonical-request";
import type { Bucket } from "./bucket";
import { bucketArn, findBucket, type S3Call, type S3Context } from "./context";
import { listKeys, type Listing } from "./listing";
import { document, element, optional, text, type Xml } from "./xml";

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
const MOST_KEYS = 1_000;

export async function listObjectsV2(context: S3Context, call: S3Call): Promise<AwsResponse> {
  const page = openPage(context, call);
  const token = call.query.get("continuation-token");
  const startAfter = call.query.get("start-after") ?? "";
  const listing = page.list(token === null ? startAfter : readToken(token));
  const { keys, commonPrefixes, next } = listing;
  return page.answer(
    listing,
    optional("StartAfter", token === null && startAfter !== "" ? page.encode(startAfter) : undefined),
    optional("ContinuationToken", token ?? undefined),
    optional("NextContinuationToken", next && Buffer.from(next).toString("base64url")),
    text("KeyCount", keys.length + commonPrefixes.length),
  );
}

/** ListObjects, version 1: its marker is a key, and is told only with a delimiter. */
export async function listObjectsV1(context: S3Context, call: S3Call): Promise<AwsResponse> {
  const page = openPage(context, call);
  const marker = call.query.get("marker") ?? "";
  const listing = page.list(marker);
  const next = call.query.get("delimiter") && listing.next ? page.encode(listing.next) : undefined;
  return page.answer(listing, text("Marker", page.encode(marker)), optional("NextMarker", next));
}

function openPage(context: S3Context, { bucket: name, query, principal }: S3Call) {
  const prefix = query.get("prefix") ?? "";
  const delimiter = query.get("delimiter") ?? "";
  context.authorize(principal, "s3:ListBucket", bucketArn(name), listConditions(query));
  const bucket = findBucket(context, name);
  const maxKeys = maxKeysOf(query);
  const encoding = encodingOf(query);
  const encode = (value: string): string => (encoding === "url" ? value.split("/").map(uriEncode).join("/") : value);
  return {
    encode,
    list: (after: string) =>
      listKeys(bucket.index.keys(), { prefix, delimiter, after, limit: Math.min(maxKeys, MOST_KEYS) }),
    answer: (listing: Listing, ...own: readonly Xml[]): AwsResponse => ({
      status: 200,
      headers: { "content-type": "application/xml", "x-amz-bucket-region": context.region },
      body: document(
        "ListBucketResult",
        text("Name", name),
        text("Prefix", encode(prefix)),
        ...own,
        text("MaxKeys", maxKeys),
        optional("Delimiter", delimiter === "" ? undefined : encode(delimiter)),
        optional("EncodingType", encoding),
        text("IsTruncated", listing.next !== undefined),
        ...listing.keys.map((key) => contents(bucket, key, encode)),
        ...listing.commonPrefixes.map((common) => element("CommonPrefixes", text("Prefix", encode(common)))),
      ),
    }),
  };
}

/** Only parameters that were sent are keys of the request. */
function listConditions(query: URLSearchParams): ConditionContext {
  return Object.fromEntries(
    ["prefix", "delimiter", "max-keys"].flatMap((name) => {
      const value = query.get(name);
      return value === null ? [] : [[`s3:${name}`, value]];
    }),
  );
}

function contents(bucket: Bucket, key: string, encode: (value: string) => string): Xml {
  const version = bucket.index.latest(key)!;
  return element(
    "Contents",
    text("Key", encode(key)),
    text("LastModified", new Date(version.lastModified).toISOString()),
    text("ETag", `"${version.etag}"`),
    optional("ChecksumAlgorithm", version.checksum?.name.toUpperCase()),
    text("Size", version.size),
    text("StorageClass", "STANDARD"),
  );
}

function maxKeysOf(query: URLSearchParams): number {
  const value = query.get("max-keys") ?? String(MOST_KEYS);
  if (/^\d+$/.test(value)) return Number(value);
  throw new AwsError("InvalidArgument", `max-keys must be a whole number from 0 on, got ${value}`, 400);
}

function encodingOf(query: URLSearchParams): "url" | undefined {
  const value = query.get("encoding-type");
  if (value === null) return undefined;
  if (value === "url") return value;
  throw new AwsError("InvalidArgument", `Invalid Encoding Method specified in Request: must be url, got ${value}`, 400);
}

function readToken(token: string): string {
  const key = Buffer.from(token, "base64url");
  if (token !== "" && key.toString("base64url") === token) return key.toString("utf8");
  throw new AwsError("InvalidArgument", "The continuation token provided is incorrect", 400);
}
