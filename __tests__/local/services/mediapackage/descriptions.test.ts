import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  DescribePackagingConfigurationCommand,
  DescribePackagingGroupCommand,
  ListPackagingConfigurationsCommand,
  ListPackagingGroupsCommand,
} from "@aws-sdk/client-mediapackage-vod";
import { startMediaPackage } from "../../../../local/services/mediapackage/media-package";
import { clientOf } from "./client";
import { MemoryStore } from "./memory-store";
import { deployment, request, SECRET_ARN, SECRETS_ROLE_ARN } from "./stack";

const state = mkdtempSync(path.join(tmpdir(), "mediapackage-"));
afterAll(() => rmSync(state, { recursive: true }));

const mediaPackage = startMediaPackage({
  deployment: deployment(),
  stateDirectory: state,
  store: new MemoryStore(),
  bus: { publish: () => undefined },
  authorize: () => undefined,
  clock: () => 0,
  secretValues: () => Promise.reject(new Error("secrets are not expected here")),
});

test("describes the stack's groups and configurations", async () => {
  const client = clientOf(mediaPackage);
  const group = {
    Id: "vod-local",
    Arn: "arn:aws:mediapackage-vod:eu-west-1:000000000000:packaging-groups/vod-local",
    ApproximateAssetCount: 0,
    Authorization: { CdnIdentifierSecret: SECRET_ARN, SecretsRoleArn: SECRETS_ROLE_ARN },
    DomainName: expect.stringMatching(
      /^https:\/\/\w{32}\.egress\.mediapackage-vod\.eu-west-1\.amazonaws\.com$/,
    ) as string,
  };
  expect(await client.send(new DescribePackagingGroupCommand({ Id: "vod-local" }))).toMatchObject(group);
  expect((await client.send(new ListPackagingGroupsCommand({}))).PackagingGroups).toMatchObject([group]);
  const dash = {
    Id: "local-dash-v1",
    Arn: "arn:aws:mediapackage-vod:eu-west-1:000000000000:packaging-configurations/local-dash-v1",
    PackagingGroupId: "vod-local",
    DashPackage: { DashManifests: [{ ManifestName: "index", MinBufferTimeSeconds: 8 }], SegmentDurationSeconds: 4 },
  };
  expect(await client.send(new DescribePackagingConfigurationCommand({ Id: "local-dash-v1" }))).toMatchObject(dash);
  const list = await client.send(new ListPackagingConfigurationsCommand({ PackagingGroupId: "vod-local" }));
  expect(list.PackagingConfigurations?.map(({ Id }) => Id)).toEqual(["local-hls-v1", "local-dash-v1", "local-cmaf-v1"]);
});

test("says which call is not provided", async () => {
  const answer = await mediaPackage.service.handle(request("PUT", "https://gateway/packaging_groups/vod-local"));
  expect(answer).toMatchObject({ status: 404, headers: { "x-amzn-errortype": "NotFoundException" } });
  expect(JSON.parse(answer.body as string)).toEqual({
    message: "PUT /packaging_groups/vod-local is not provided locally",
  });
});
