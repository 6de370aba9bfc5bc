import {
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  ListBucketsCommand,
} from "@aws-sdk/client-s3";
import { REGION } from "../../gateway/test-gateway";
import { PLAIN, refusal, SOURCE, startTestS3, type TestS3 } from "./test-s3";

let test: TestS3;
beforeAll(async () => {
  test = await startTestS3();
});
afterEach(() => {
  expect(test.gateway.defects).toEqual([]);
});
afterAll(async () => {
  await test.stop();
});

const Bucket = SOURCE;

describe("buckets", () => {
  it("are those of the deployment and the extra ones", async () => {
    const { Buckets } = await test.client.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([PLAIN, SOURCE]);
    expect(await test.client.send(new HeadBucketCommand({ Bucket }))).toMatchObject({ BucketRegion: REGION });
    expect(await refusal(test.client.send(new HeadBucketCommand({ Bucket: "nobody" })))).toMatch(/^404 /);
    expect(await test.client.send(new GetBucketLocationCommand({ Bucket }))).toMatchObject({
      LocationConstraint: REGION,
    });
    expect((await test.client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe("Enabled");
    expect((await test.client.send(new GetBucketVersioningCommand({ Bucket: PLAIN }))).Status).toBeUndefined();
  });
});
