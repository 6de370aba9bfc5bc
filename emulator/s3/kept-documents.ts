import { AwsError, type AwsRequest, type AwsResponse, type AwsService } from "../../local/kernel/aws-service";
import { bodyText } from "../body-text";

interface Kept {
  /** Status of a successful PUT. */
  readonly written: number;
  readonly contentType: string;
  /** Answer where nothing was written. */
  absent(): string;
}

/** Parts of a bucket that are kept here, by the query that names them, and why moto cannot keep them. */
const KEPT: Readonly<Record<string, Kept>> = {
  // moto obeys a policy's denials and forgets their conditions: "refuse what is not TLS" would refuse everything.
  policy: {
    written: 204,
    contentType: "application/json",
    absent: () => {
      throw new AwsError("NoSuchBucketPolicy", "The bucket policy does not exist", 404);
    },
  },
  // moto keeps that a bucket tells EventBridge, and leaves it out of its answer.
  notification: {
    written: 200,
    contentType: "application/xml",
    absent: () => `<NotificationConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>`,
  },
};

/** S3 as moto has it, but for the parts of a bucket that moto would not give back as they were sent. */
export function withKeptDocuments(s3: AwsService): AwsService {
  const documents = new Map<string, string>();
  return {
    name: s3.name,
    async handle(request) {
      const [, bucket = "", ...key] = request.path.split("/").map(decodeURIComponent);
      const ofBucket = key.join("/") === "";
      const part = ofBucket ? Object.keys(KEPT).find((name) => request.query.has(name)) : undefined;
      if (part) return documentCall(documents, request, `${bucket}?${part}`, KEPT[part]!);
      const answer = await s3.handle(request);
      const deleted = ofBucket && request.method === "DELETE" && answer.status === 204 && request.query.size === 0;
      for (const name of deleted ? Object.keys(KEPT) : []) documents.delete(`${bucket}?${name}`);
      return answer;
    },
  };
}

async function documentCall(
  documents: Map<string, string>,
  request: AwsRequest,
  name: string,
  { written, contentType, absent }: Kept,
): Promise<AwsResponse> {
  if (request.method === "PUT") {
    documents.set(name, await bodyText(request));
    return { status: written };
  }
  if (request.method === "DELETE") {
    documents.delete(name);
    return { status: 204 };
  }
  return { status: 200, headers: { "content-type": contentType }, body: documents.get(name) ?? absent() };
}
