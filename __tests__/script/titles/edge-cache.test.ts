import { CloudFrontClient } from "@aws-sdk/client-cloudfront";
import { createCloudFront } from "../../../local/services/cloudfront/cloudfront";
import { EdgeCache } from "../../../script/titles/edge-cache";
import { startTestGateway, testDeployment } from "../../local/gateway/test-gateway";

test("the distribution is found by its comment, and forgets the paths", async () => {
  const gateway = await startTestGateway();
  const forgotten: (readonly string[])[] = [];
  gateway.register(
    createCloudFront({
      deployment: testDeployment({
        "aws_cloudfront_distribution.other": { id: "E0", arn: "a0", domain_name: "d", comment: "vod-dev" },
        "aws_cloudfront_distribution.vod": { id: "E1", arn: "a1", domain_name: "d", comment: "vod-local" },
      }),
      authorize: (_, action, resource) => {
        if (action === "cloudfront:CreateInvalidation") expect(resource).toBe("a1");
      },
      clock: Date.now,
      ids: () => "0f0f0f0f-1111-4222-8333-444444444444",
      invalidate: (paths) => void forgotten.push(paths),
    }),
  );
  const client = new CloudFrontClient({ ...gateway.client, maxAttempts: 1 });
  expect(await new EdgeCache(client, "vod-local", () => "r1").forget(["/v1/a/*"])).toBe("I0F0F0F0F1111422283334444");
  expect(forgotten).toEqual([["/v1/a/*"]]);
  await expect(new EdgeCache(client, "vod-prod", () => "r2").forget(["/v1/a/*"])).rejects.toThrow(
    new Error(
      "distribution: the account has none with the comment vod-prod; apply the stack first, or use the environment's own credentials",
    ),
  );
  client.destroy();
  await gateway.stop();
});
