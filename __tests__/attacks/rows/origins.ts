import { PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { createJudge } from "../../../local/iam/judge";
import { ANONYMOUS, type Principal } from "../../../local/kernel/aws-service";
import { under } from "../attack";
import { said } from "../said";
import { bearer, type Target } from "../target";

const SECRET = "x-vod-origin-secret";
const IDENTIFIER = "x-mediapackage-cdnidentifier";

/** The mint at the API's own address, past the edge and its firewall. */
const atApi =
  (headers: (target: Target) => Record<string, string>) =>
  async (target: Target): Promise<string> =>
    said(
      await target.origin(target.originHost("api"), target.paths.play, {
        method: "POST",
        headers: { ...bearer(target.report.tokens.entitled), ...headers(target) },
      }),
    );

/** A beacon that names its own country, where nobody overwrites it. */
const beaconAtApi = async ({ origin, originHost, report }: Target): Promise<string> => {
  const headers = { ...bearer(report.tokens.entitled), "cloudfront-viewer-country": "US" };
  return said(await origin(originHost("api"), "/api/beacons", { method: "POST", headers, body: "{}" }));
};

const atMediaPackage =
  (headers: Record<string, string>) =>
  async (target: Target): Promise<string> =>
    said(await target.origin(target.originHost("mediapackage"), `/out${target.paths.manifest}`, { headers }));

const forbidden = { outcome: "refused", answer: "403 FORBIDDEN" } as const;
const noIdentifier = { outcome: "refused", answer: "403 Forbidden" } as const;
const denied = { outcome: "refused", answer: "403 AccessDenied" } as const;

// prettier-ignore
export const API = under("origin secret", [
  { id: "api-no-secret", sent: "the API's own address, with a good token and without the edge's secret", ...forbidden, send: atApi(() => ({})) },
  { id: "api-beacon", sent: "a beacon at the API's own address, with another country in `CloudFront-Viewer-Country`", ...forbidden, send: beaconAtApi },
  {
    id: "api-empty-secret",
    sent: "the same with an empty secret",
    ...forbidden,
    send: atApi(() => ({ [SECRET]: "" })),
  },
  {
    id: "api-wrong-secret",
    sent: "the same with a wrong secret",
    ...forbidden,
    send: atApi(() => ({ [SECRET]: "guess" })),
  },
  { id: "api-other-secret", sent: "the same with MediaPackage's identifier as the secret", ...forbidden, send: atApi(({ secrets }) => ({ [SECRET]: secrets.cdnIdentifier })) },
  { id: "api-forged-viewer", sent: "the same with forged `CloudFront-Viewer-Country` and `-Address`", ...forbidden, send: atApi(() => ({ "cloudfront-viewer-country": "NL", "cloudfront-viewer-address": "127.0.0.1:1" })) },
]);

// prettier-ignore
export const MEDIA_ORIGIN = under("CDN identifier", [
  { id: "origin-no-identifier", sent: "MediaPackage's own address without the CDN identifier", ...noIdentifier, send: atMediaPackage({}) },
  { id: "origin-wrong-identifier", sent: "the same with a wrong identifier", ...noIdentifier, send: atMediaPackage({ [IDENTIFIER]: "12345678-0000-4000-8000-000000000000" }) },
  {
    id: "origin-empty-identifier",
    sent: "the same with an empty one",
    ...noIdentifier,
    send: atMediaPackage({ [IDENTIFIER]: "" }),
  },
]);

// prettier-ignore
export const IDENTIFIER_SENT = under("trusted key group", [
  { id: "origin-through-edge", sent: "a viewer's own `X-MediaPackage-CDNIdentifier` through the edge, without a cookie", outcome: "refused", answer: "403 MissingKey", send: async (target) => said(await target.edge(target.paths.manifest, { headers: { [IDENTIFIER]: target.secrets.cdnIdentifier } })) },
]);

const bucketOf = ({ report }: Target, name: Bucket): string => report.aws.sourceBucket.replace("source", name);
type Bucket = "source" | "packaged" | "player";

/** S3 itself, unsigned. */
const unsigned =
  (bucket: Bucket, key: string) =>
  async (target: Target): Promise<string> =>
    said(await target.origin("s3.eu-west-1.amazonaws.com", `/${bucketOf(target, bucket)}/${key}`));

/** S3 under an operator's key, whom only a Deny stops. */
const asOperator =
  (bucket: Bucket, change: object, headers: Record<string, string> = {}) =>
  async (target: Target): Promise<string> => {
    const { endpoint, region, accessKeyId, secretAccessKey } = target.report.aws;
    const credentials = { accessKeyId, secretAccessKey };
    const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 });
    client.middlewareStack.add(
      (next) => (args) => {
        Object.assign((args.request as { headers: Record<string, string> }).headers, headers);
        return next(args);
      },
      { step: "build" },
    );
    const put = new PutObjectCommand({ Bucket: bucketOf(target, bucket), Key: "attack", Body: "x", ...change });
    try {
      await client.send(put);
      return "200";
    } catch (error) {
      const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode?: number } };
      return `${$metadata?.httpStatusCode} ${name}`;
    } finally {
      client.destroy();
    }
  };

/** Whom this machine has no key for: judged by the synthesised policies, as the gateway judges every call. */
const judged =
  (principal: (target: Target) => Principal, bucket: Bucket, key: string) =>
  async (target: Target): Promise<string> => {
    const decide = createJudge(target.deployment, Date.now);
    const resource = `arn:aws:s3:::${bucketOf(target, bucket)}/${key}`;
    return decide(principal(target), "s3:GetObject", resource, {}).allowed ? "200" : "403 AccessDenied";
  };

const FOREIGN: Principal = { kind: "role", arn: "arn:aws:iam::999999999999:role/reader", session: "attack" };
const edge = ({ deployment }: Target): Principal => ({
  kind: "service",
  arn: "cloudfront.amazonaws.com",
  sourceArn: String(deployment.get("aws_cloudfront_distribution.vod").values.arn),
});
const otherEdge = (): Principal => ({
  kind: "service",
  arn: "cloudfront.amazonaws.com",
  sourceArn: "arn:aws:cloudfront::999999999999:distribution/E2",
});

// prettier-ignore
export const BUCKETS = under("bucket policies", [
  {
    id: "source-unsigned",
    sent: "a mezzanine from S3, unsigned",
    ...denied,
    send: unsigned("source", "uploads/attacked.mp4"),
  },
  { id: "packaged-unsigned", sent: "a packaged file from S3, unsigned", ...denied, send: unsigned("packaged", "posters/x/y/poster.jpg") },
  {
    id: "source-listed",
    sent: "a listing of the source bucket, unsigned",
    ...denied,
    send: unsigned("source", "?list-type=2"),
  },
  {
    id: "packaged-listed",
    sent: "a listing of the packaged bucket, unsigned",
    ...denied,
    send: unsigned("packaged", "?list-type=2"),
  },
  { id: "source-plaintext", sent: "an operator's upload over plain HTTP", ...denied, send: asOperator("source", {}, { "x-forwarded-proto": "http" }) },
  { id: "source-other-encryption", sent: "an operator's upload encrypted by S3's own key", ...denied, send: asOperator("source", { ServerSideEncryption: "AES256" }) },
  { id: "packaged-other-key", sent: "an operator's upload under another KMS key", ...denied, send: asOperator("packaged", { ServerSideEncryption: "aws:kms", SSEKMSKeyId: "alias/vod-local-data" }) },
  { id: "source-anonymous", sent: "a mezzanine by nobody, judged by the policies alone", ...denied, send: judged(() => ANONYMOUS, "source", "uploads/attacked.mp4") },
  { id: "packaged-anonymous", sent: "a poster by nobody, judged by the policies alone", ...denied, send: judged(() => ANONYMOUS, "packaged", "posters/x/y/poster.jpg") },
  { id: "source-foreign-role", sent: "a mezzanine by a role of another account", ...denied, send: judged(() => FOREIGN, "source", "uploads/attacked.mp4") },
  { id: "packaged-foreign-role", sent: "a poster by a role of another account", ...denied, send: judged(() => FOREIGN, "packaged", "posters/x/y/poster.jpg") },
  { id: "source-by-edge", sent: "a mezzanine by the distribution itself", ...denied, send: judged(edge, "source", "uploads/attacked.mp4") },
  { id: "ladder-by-edge", sent: "a stored segment outside `posters/` by the distribution itself", ...denied, send: judged(edge, "packaged", "v1/x/video.ts") },
  { id: "poster-by-other-edge", sent: "a poster by another account's distribution", ...denied, send: judged(otherEdge, "packaged", "posters/x/y/poster.jpg") },
  { id: "poster-traversal", sent: "`/posters/..%2fv1%2f...` through the distribution", ...denied, send: async (target) => said(await target.edge(`/posters/..%2f${target.paths.segment.slice(1)}`)) },
  { id: "poster-unlisted", sent: "`/posters/`, hoping for a listing", ...denied, send: async (target) => said(await target.edge("/posters/?list-type=2&prefix=")) },
]);
