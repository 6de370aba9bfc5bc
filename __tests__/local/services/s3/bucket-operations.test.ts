import {
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
} from "@aws-sdk/client-s3";
import { REGION } from "../../gateway/test-gateway";
import { PLAIN, refusal, SOURCE, useTestS3 } from "./test-s3";

const test = useTestS3();

const Bucket = SOURCE;

describe("buckets", () => {
  it("are those of the deployment and the extra ones", async () => {
    const { Buckets } = await test().client.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([PLAIN, SOURCE]);
    expect(await test().client.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketRegion: REGION });
    expect(await refusal(test().client.send(new HeadBucketCommand({ Bucket: "nobody" })))).toMatch(/^404 /);
    expect(await test().client.send(new GetBucketLocationCommand({ Bucket }))).toMatchObject({
      LocationConstraint: REGION,
    });
    expect((await test().client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe("Enabled");
    expect((await test().client.send(new GetBucketVersioningCommand({ Bucket: PLAIN }))).Status).toBeUndefined();
  });
});
