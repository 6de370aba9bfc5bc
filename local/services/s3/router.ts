import { AwsError, type AwsResponse } from "../../kernel/aws-service";
import {
  deleteObjects,
  getLocation,
  getRequestPayment,
  getTagging,
  getVersioning,
  headBucket,
  listBuckets,
} from "./bucket-operations";
import type { S3Call, S3Context } from "./context";
import { copyObject } from "./copy-operations";
import { listObjectsV1, listObjectsV2 } from "./list-operations";
import { listParts, listUploads } from "./list-upload-operations";
import { abortUpload, completeUpload, createUpload, uploadPart, uploadPartCopy } from "./multipart-operations";
import { getObject, putObject, removeObject } from "./object-operations";

type Operation = (context: S3Context, call: S3Call) => Promise<AwsResponse>;

/** Parameters that make a request one about something else than the object or bucket itself. */
const SUBRESOURCES = [
  ...[
    "accelerate",
    "acl",
    "analytics",
    "attributes",
    "cors",
    "delete",
    "encryption",
    "intelligent-tiering",
    "inventory",
  ],
  ...["legal-hold", "lifecycle", "location", "logging", "metrics", "notification", "object-lock", "ownershipControls"],
  ...["policy", "policyStatus", "publicAccessBlock", "replication", "requestPayment", "restore", "retention", "select"],
  ...["tagging", "torrent", "uploadId", "uploads", "versioning", "versions", "website"],
];

/** Operations by `METHOD level[?subresource]`; with `x-amz-copy-source`, `COPY` in place of `PUT`. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  "GET service": listBuckets,
  "HEAD bucket": headBucket,
  "GET bucket": (context, call) =>
    call.query.get("list-type") === "2" ? listObjectsV2(context, call) : listObjectsV1(context, call),
  "GET bucket?location": getLocation,
  "GET bucket?requestPayment": getRequestPayment,
  "GET bucket?versioning": getVersioning,
  "GET bucket?uploads": listUploads,
  "POST bucket?delete": deleteObjects,
  "GET object": getObject,
  "HEAD object": getObject,
  "PUT object": putObject,
  "COPY object": copyObject,
  "DELETE object": removeObject,
  "GET object?tagging": getTagging,
  "POST object?uploads": createUpload,
  "PUT object?uploadId": uploadPart,
  "COPY object?uploadId": uploadPartCopy,
  "POST object?uploadId": completeUpload,
  "DELETE object?uploadId": abortUpload,
  "GET object?uploadId": listParts,
};

/** @throws AwsError `NotImplemented` 501 for what this S3 does not do */
export function routeCall(context: S3Context, call: S3Call): Promise<AwsResponse> {
  const { request, query } = call;
  const level = call.bucket === "" ? "service" : call.key === "" ? "bucket" : "object";
  const copies = request.method === "PUT" && request.headers["x-amz-copy-source"] !== undefined;
  const subresource = SUBRESOURCES.find((name) => query.has(name));
  const name = `${copies ? "COPY" : request.method} ${level}${subresource ? `?${subresource}` : ""}`;
  const operation = OPERATIONS[name];
  if (operation) return operation(context, call);
  throw new AwsError(
    "NotImplemented",
    `A header or parameter you provided implies functionality that is not implemented: ${name}`,
    501,
  );
}
