import { createChannelGroups } from "../../../emulator/mediapackagev2/channel-groups";
import { call } from "../calls";

const ARN = "arn:aws:mediapackagev2:eu-west-1:111111111111:channelGroup/vod-dev";
const open = () => createChannelGroups({ account: "111111111111", region: "eu-west-1" });
const create = (service: ReturnType<typeof open>) =>
  call(service, "POST /channelGroup", {
    body: JSON.stringify({ ChannelGroupName: "vod-dev", Description: "live to VOD", tags: { env: "dev" } }),
  });

test("a channel group is read back with its description and tags", async () => {
  const service = open();
  await create(service);
  expect(JSON.parse((await call(service, "GET /channelGroup/vod-dev")).body)).toMatchObject({
    ChannelGroupName: "vod-dev",
    Arn: ARN,
    Description: "live to VOD",
    tags: { env: "dev" },
  });
  expect(service.names()).toEqual(["channelGroup/vod-dev"]);
  await expect(create(service)).rejects.toThrow("The channel group vod-dev exists");
});

test("a channel group is changed, tagged and deleted", async () => {
  const service = open();
  await create(service);
  await call(service, "PUT /channelGroup/vod-dev", { body: JSON.stringify({ Description: "other" }) });
  await call(service, `POST /tags/${encodeURIComponent(ARN)}`, { body: JSON.stringify({ tags: { owner: "video" } }) });
  await call(service, `DELETE /tags/${encodeURIComponent(ARN)}?tagKeys=env`);
  expect(JSON.parse((await call(service, "GET /channelGroup/vod-dev")).body)).toMatchObject({
    Description: "other",
    tags: { owner: "video" },
  });
  await call(service, "DELETE /channelGroup/vod-dev");
  await expect(call(service, "GET /channelGroup/vod-dev")).rejects.toThrow("The channel group vod-dev does not exist");
});
