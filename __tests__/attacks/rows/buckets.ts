import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { createJudge } from "../../../local/iam/judge";
import { ANONYMOUS, type Principal } from "../../../local/kernel/aws-service";
import { under } from "../attack";
import { answerTo, FOREIGN, OTHER_EDGE, s3By } from "../callers";
import { said } from "../said";
import type { Target } from "../target";

type Bucket = "source" | "packaged";
type Headers = Readonly<Record<string, string>>;

const nameOf = ({ report }: Target, bucket: Bucket): string =>
  bucket === "source" ? report.aws.sourceBucket : report.aws.packagedBucket;

/** S3 itself, unsigned. */
const unsigned =
  (bucket: Bucket, key: (target: Target) => string) =>
  async (target: Target): Promise<string> =>
    said(await target.origin("s3.eu-west-1.amazonaws.com", `/${nameOf(target, bucket)}/${key(target)}`));

const listing = "?list-type=2";
const stored = (bucket: Bucket) => (target: Target) => target.objects[bucket];

/** A call that came to AWS without TLS: the gateway is told so, as it speaks plain HTTP always. */
const PLAINTEXT: Headers = { "x-forwarded-proto": "http" };

/** Whoever calls, by their own key. */
type Who = (target: Target) => Principal | "operator";

const operator: Who = () => "operator";
const foreign: Who = () => FOREIGN;
const otherEdge: Who = () => OTHER_EDGE;
const edge: Who = ({ deployment }) => ({
  kind: "service",
  arn: "cloudfront.amazonaws.com",
  sourceArn: String(deployment.get("aws_cloudfront_distribution.vod").values.arn),
});

const clientOf = (target: Target, who: Who, headers?: Headers) => {
  const principal = who(target);
  return s3By(target.report.aws, principal === "operator" ? target.report.aws : target.keyOf(principal), headers);
};

const getting =
  (who: Who, bucket: Bucket, key = stored(bucket), headers?: Headers) =>
  (target: Target): Promise<string> =>
    answerTo(clientOf(target, who, headers), (client) =>
      read(client, new GetObjectCommand({ Bucket: nameOf(target, bucket), Key: key(target) })),
    );

/** To its end, so that nothing is under way when the client goes. */
const read = async (client: S3Client, get: GetObjectCommand): Promise<unknown> =>
  (await client.send(get)).Body?.transformToByteArray();

const putting =
  (who: Who, bucket: Bucket, change: object = {}, headers?: Headers) =>
  (target: Target): Promise<string> =>
    answerTo(clientOf(target, who, headers), (client) =>
      client.send(new PutObjectCommand({ Bucket: nameOf(target, bucket), Key: "attack", Body: "x", ...change })),
    );

const listed = (who: Who, bucket: Bucket) => (target: Target) =>
  answerTo(clientOf(target, who), (client) =>
    client.send(new ListObjectsV2Command({ Bucket: nameOf(target, bucket) })),
  );

/** Nobody's call, judged by the synthesised policies: S3 on this machine refuses it before it would ask them. */
const judged =
  (bucket: Bucket) =>
  async (target: Target): Promise<string> => {
    const decide = createJudge(target.deployment, Date.now);
    const resource = `arn:aws:s3:::${nameOf(target, bucket)}/${target.objects[bucket]}`;
    return decide(ANONYMOUS, "s3:GetObject", resource, {}).allowed ? "200" : "403 AccessDenied";
  };

const denied = { outcome: "refused", answer: "403 AccessDenied" } as const;

// prettier-ignore
export const BUCKETS = under("bucket policies", [
  { id: "source-unsigned", sent: "a mezzanine from S3, unsigned", ...denied, send: unsigned("source", stored("source")) },
  { id: "packaged-unsigned", sent: "a packaged file from S3, unsigned", ...denied, send: unsigned("packaged", stored("packaged")) },
  { id: "source-listed", sent: "a listing of the source bucket, unsigned", ...denied, send: unsigned("source", () => listing) },
  { id: "packaged-listed", sent: "a listing of the packaged bucket, unsigned", ...denied, send: unsigned("packaged", () => listing) },
  { id: "source-anonymous", sent: "a mezzanine by nobody, judged by the policies alone", ...denied, send: judged("source") },
  { id: "packaged-anonymous", sent: "a poster by nobody, judged by the policies alone", ...denied, send: judged("packaged") },
  { id: "source-plaintext", sent: "an operator's upload over plain HTTP", ...denied, send: putting(operator, "source", {}, PLAINTEXT) },
  { id: "source-read-plaintext", sent: "a mezzanine by an operator over plain HTTP", ...denied, send: getting(operator, "source", stored("source"), PLAINTEXT) },
  { id: "packaged-plaintext", sent: "an operator's upload into the packaged bucket over plain HTTP", ...denied, send: putting(operator, "packaged", {}, PLAINTEXT) },
  { id: "packaged-read-plaintext", sent: "a packaged file by an operator over plain HTTP", ...denied, send: getting(operator, "packaged", stored("packaged"), PLAINTEXT) },
  { id: "source-other-encryption", sent: "an operator's upload encrypted by S3's own key", ...denied, send: putting(operator, "source", { ServerSideEncryption: "AES256" }) },
  { id: "packaged-other-encryption", sent: "the same into the packaged bucket", ...denied, send: putting(operator, "packaged", { ServerSideEncryption: "AES256" }) },
  { id: "packaged-other-key", sent: "an operator's upload under another KMS key", ...denied, send: putting(operator, "packaged", { ServerSideEncryption: "aws:kms", SSEKMSKeyId: "alias/vod-local-data" }) },
  { id: "source-foreign-role", sent: "a mezzanine by a role of another account", ...denied, send: getting(foreign, "source") },
  { id: "source-foreign-list", sent: "a listing of the source bucket by that role", ...denied, send: listed(foreign, "source") },
  { id: "source-foreign-write", sent: "an upload by that role", ...denied, send: putting(foreign, "source") },
  { id: "packaged-foreign-role", sent: "a poster by a role of another account", ...denied, send: getting(foreign, "packaged") },
  { id: "packaged-foreign-list", sent: "a listing of the packaged bucket by that role", ...denied, send: listed(foreign, "packaged") },
  { id: "packaged-foreign-write", sent: "an upload into the packaged bucket by that role", ...denied, send: putting(foreign, "packaged") },
  { id: "source-by-edge", sent: "a mezzanine by the distribution itself", ...denied, send: getting(edge, "source") },
  { id: "ladder-by-edge", sent: "a stored segment outside `posters/` by the distribution itself", ...denied, send: getting(edge, "packaged", () => "v1/x/video.ts") },
  { id: "poster-by-other-edge", sent: "a poster by another account's distribution", ...denied, send: getting(otherEdge, "packaged") },
  { id: "poster-traversal", sent: "`/posters/..%2fv1%2f...` through the distribution", ...denied, send: async (target) => said(await target.edge(`/posters/..%2f${target.paths.segment.slice(1)}`)) },
  { id: "poster-unlisted", sent: "`/posters/`, hoping for a listing", ...denied, send: async (target) => said(await target.edge("/posters/?list-type=2&prefix=")) },
]);
