import type { AwsService } from "../../local/kernel/aws-service";
import { bodyText, withBody } from "../body-text";

/**
 * S3 as given, where the default lock of a bucket that holds something can be changed. moto refuses that, as S3 did
 * until 2023; what it applies to new objects stays as it was.
 */
export function withLockChanges(s3: AwsService): AwsService {
  const changed = new Map<string, string>();
  return {
    name: s3.name,
    async handle(request) {
      if (!request.query.has("object-lock")) return s3.handle(request);
      if (request.method !== "PUT") {
        const kept = changed.get(request.path);
        if (kept === undefined) return s3.handle(request);
        return { status: 200, headers: { "content-type": "application/xml" }, body: kept };
      }
      const body = await bodyText(request);
      const answer = await s3.handle(withBody(request, body));
      if (answer.status !== 400) return answer;
      changed.set(request.path, body);
      return { status: 200 };
    },
  };
}
