import { request } from "node:http";
import {
  CopyObjectCommand,
  DeleteObjectsCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
} from "@aws-sdk/client-s3";
import { sign } from "../../../../local/gateway/signature-v4";
import { REGION } from "../../gateway/test-gateway";
import { PLAIN, refusal, SOURCE, useTestS3 } from "./test-s3";

const test = useTestS3();

const Bucket = SOURCE;

describe("events and authorisation", () => {
  it("a put publishes Object Created in AWS's shape, with sequencers that grow", async () => {
    const before = test().events.length;
    const { VersionId, ETag } = await test().put("uploads/ev + ü.mp4", "12345");
    await test().put("uploads/ev + ü.mp4", "1");
    const [first, second] = test().events.slice(before);
    expect(first).toEqual({
      source: "aws.s3",
      detailType: "Object Created",
      resources: [`arn:aws:s3:::${Bucket}`],
      detail: {
        version: "0",
        bucket: { name: Bucket },
        object: {
          key: "uploads/ev + ü.mp4",
          size: 5,
          etag: ETag!.replaceAll('"', ""),
          "version-id": VersionId,
          sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
        },
        "request-id": expect.stringMatching(/^[0-9A-F]{16}$/),
        requester: "000000000000",
        "source-ip-address": "127.0.0.1",
        reason: "PutObject",
      },
    });
    const sequencer = (event: typeof first) => (event!.detail.object as { sequencer: string }).sequencer;
    expect(sequencer(second) > sequencer(first)).toBe(true);
  });

  it("a bucket without notifications publishes nothing", async () => {
    const before = test().events.length;
    await test().put("quiet", "x", { Bucket: PLAIN });
    expect(test().events).toHaveLength(before);
  });

  it("each call is authorised under its action and resource", async () => {
    test().calls.length = 0;
    const { VersionId } = await test().put("auth");
    await test().text("auth", { VersionId });
    await test().client.send(new CopyObjectCommand({ Bucket: PLAIN, Key: "to", CopySource: `${Bucket}/auth` }));
    await test().client.send(new ListObjectsV2Command({ Bucket }));
    await test().client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: "auth" }] } }));
    expect(test().calls).toEqual([
      `s3:PutObject arn:aws:s3:::${Bucket}/auth`,
      `s3:GetObjectVersion arn:aws:s3:::${Bucket}/auth`,
      `s3:GetObject arn:aws:s3:::${Bucket}/auth`,
      `s3:PutObject arn:aws:s3:::${PLAIN}/to`,
      `s3:ListBucket arn:aws:s3:::${Bucket}`,
      `s3:DeleteObject arn:aws:s3:::${Bucket}/auth`,
    ]);
  });

  it("nobody reads without a signature", async () => {
    await test().put("private", "x");
    const answer = await fetch(`${test().gateway.address}/${Bucket}/private`);
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("<Code>AccessDenied</Code><Message>Access Denied</Message>");
  });

  it("what is not emulated says so", async () => {
    expect(await refusal(test().client.send(new PutBucketPolicyCommand({ Bucket, Policy: "{}" })))).toBe(
      "501 NotImplemented: A header or parameter you provided implies functionality that is not implemented: PUT bucket?policy",
    );
  });
});

describe("as an origin", () => {
  const host = `${SOURCE}.s3.${REGION}.amazonaws.com`;
  const fetchOrigin = (path: string, headers: Record<string, string>): Promise<string> =>
    new Promise((resolve, reject) => {
      request({ port: test().gateway.port, host: "127.0.0.1", path, headers }, (response) => {
        let text = "";
        response
          .on("data", (part) => (text += String(part)))
          .on("end", () => resolve(`${response.statusCode} ${text}`));
      })
        .on("error", reject)
        .end();
    });

  it("answers under the bucket's own host name to who signs as CloudFront", async () => {
    await test().put("posters/a b.jpg", "poster");
    const principal = {
      kind: "service",
      arn: "cloudfront.amazonaws.com",
      sourceArn: "arn:aws:cloudfront::1:d/X",
    } as const;
    const credentials = test().gateway.credentials.issue({ principal });
    const path = "/posters/a%20b.jpg";
    const headers = sign(
      { method: "GET", host, path },
      { credentials, service: "s3", region: REGION, clock: Date.now },
    );
    expect(await fetchOrigin(path, headers)).toBe("200 poster");
    expect(await fetchOrigin(path, { host })).toMatch(/^403 [^]*<Code>AccessDenied</);
    expect(await fetchOrigin("/posters/other", headers)).toMatch(/^403 [^]*<Code>SignatureDoesNotMatch</);
  });
});
