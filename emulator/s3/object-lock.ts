import { AwsError, type AwsRequest, type AwsResponse, type AwsService } from "../../local/kernel/aws-service";
import { bodyText, withBody } from "../body-text";

/**
 * S3 as given, but for two things that moto has otherwise: the default lock of a bucket that holds something can be
 * changed (moto refuses that, as S3 did until 2023; what it applies to new objects stays as it was), and versioning of
 * a bucket with locks cannot be suspended, by which moto would forget them.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-lock-managing.html
 */
export function withObjectLock(s3: AwsService): AwsService {
  const locked = new Set<string>();
  const changed = new Map<string, string>();

  async function putLock(request: AwsRequest): Promise<AwsResponse> {
    const body = await bodyText(request);
    const answer = await s3.handle(withBody(request, body));
    locked.add(request.path);
    if (answer.status !== 400) return answer;
    changed.set(request.path, body);
    return { status: 200 };
  }

  async function putVersioning(request: AwsRequest): Promise<AwsResponse> {
    const body = await bodyText(request);
    if (!locked.has(request.path) || !body.includes("Suspended")) return s3.handle(withBody(request, body));
    const message =
      "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.";
    throw new AwsError("InvalidBucketState", message, 409);
  }

  return {
    name: s3.name,
    async handle(request) {
      const { method, path, query } = request;
      if (method === "PUT" && query.has("object-lock")) return putLock(request);
      if (method === "PUT" && query.has("versioning")) return putVersioning(request);
      const kept = method === "GET" && query.has("object-lock") ? changed.get(path) : undefined;
      if (kept === undefined) return s3.handle(request);
      return { status: 200, headers: { "content-type": "application/xml" }, body: kept };
    },
  };
}
