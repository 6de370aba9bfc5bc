import {
  CloudFrontClient,
  CreateInvalidationCommand,
  GetInvalidationCommand,
  ListDistributionsCommand,
} from "@aws-sdk/client-cloudfront";
import { createCloudFront } from "../../../../local/services/cloudfront/cloudfront";
import { OPERATOR, startTestGateway, testDeployment, type TestGateway } from "../../gateway/test-gateway";

const ARN = "arn:aws:cloudfront::000000000000:distribution/E1";
const DEPLOYMENT = testDeployment({
  "aws_cloudfront_distribution.vod": { id: "E1", arn: ARN, domain_name: "127.0.0.1:8080", comment: "vod-local" },
});

let gateway: TestGateway;
let client: CloudFrontClient;
const calls: string[] = [];
const invalidated: (readonly string[])[] = [];
const create = (reference: string, paths: string[], id = "E1") =>
  client.send(
    new CreateInvalidationCommand({
      DistributionId: id,
      InvalidationBatch: { CallerReference: reference, Paths: { Quantity: paths.length, Items: paths } },
    }),
  );

beforeEach(async () => {
  calls.length = 0;
  invalidated.length = 0;
  gateway = await startTestGateway();
  gateway.register(
    createCloudFront({
      deployment: DEPLOYMENT,
      authorize: ({ arn }, action, resource) => void calls.push([arn, action, resource].join(" ")),
      clock: () => Date.parse("2026-01-02T03:04:05Z"),
      ids: () => "0f0f0f0f-1111-4222-8333-444444444444",
      invalidate: (paths) => void invalidated.push(paths),
    }),
  );
  client = new CloudFrontClient({ ...gateway.client, maxAttempts: 1 });
});
afterEach(async () => {
  client.destroy();
  await gateway.stop();
});

test("the stack's distribution is listed with the comment that names it", async () => {
  const { DistributionList } = await client.send(new ListDistributionsCommand({}));
  expect(DistributionList?.Items).toEqual([
    expect.objectContaining({ Id: "E1", ARN, DomainName: "127.0.0.1:8080", Comment: "vod-local", Enabled: true }),
  ]);
  expect(calls).toEqual([`${OPERATOR.arn} cloudfront:ListDistributions *`]);
});

test("an invalidation empties the edge at once, and can be looked up", async () => {
  const { Invalidation } = await create("r1", ["/v1/abc/*", "/posters/a&b/*"]);
  expect(invalidated).toEqual([["/v1/abc/*", "/posters/a&b/*"]]);
  const found = await client.send(new GetInvalidationCommand({ DistributionId: "E1", Id: Invalidation?.Id }));
  expect(found.Invalidation).toMatchObject({
    Id: "I0F0F0F0F1111422283334444",
    Status: "Completed",
    CreateTime: new Date("2026-01-02T03:04:05Z"),
    InvalidationBatch: { CallerReference: "r1", Paths: { Quantity: 2, Items: ["/v1/abc/*", "/posters/a&b/*"] } },
  });
  expect(calls).toEqual([`${OPERATOR.arn} cloudfront:CreateInvalidation ${ARN}`, `${OPERATOR.arn} cloudfront:GetInvalidation ${ARN}`]); // prettier-ignore
});

test("a reference that was used for other paths is refused", async () => {
  await create("r1", ["/a"]);
  await expect(create("r1", ["/b"])).rejects.toMatchObject({
    name: "InvalidArgument",
    message: "The CallerReference was used for other paths.",
  });
});

test.each([
  ["a path with a star in the middle", ["/a/*/b"], "InvalidArgument", "Your request contains one or more invalid invalidation paths: /a/*/b"], // prettier-ignore
  ["no path", [], "InvalidArgument", "Paths must hold one path or more."],
])("%s is refused", async (_, paths, name, message) => {
  await expect(create("r1", paths)).rejects.toMatchObject({ name, message });
  expect(invalidated).toEqual([]);
});

test("another distribution is not there", async () => {
  await expect(create("r1", ["/a"], "E2")).rejects.toMatchObject({
    name: "NoSuchDistribution",
    message: "The specified distribution does not exist.",
  });
});
