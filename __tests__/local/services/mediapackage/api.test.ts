import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  CreateAssetCommand,
  DeleteAssetCommand,
  DescribeAssetCommand,
  ListAssetsCommand,
} from "@aws-sdk/client-mediapackage-vod";
import { AwsError, type Authorize } from "../../../../local/kernel/aws-service";
import type { EventEntry } from "../../../../local/kernel/event-bus";
import { startMediaPackage, type MediaPackage } from "../../../../local/services/mediapackage/media-package";
import { clientOf } from "./client";
import { MemoryStore } from "./memory-store";
import { CALLER, deployment, ROLE_ARN } from "./stack";

const ASSET = {
  Id: "film-0123456789ab-00a1",
  PackagingGroupId: "vod-local",
  SourceArn: "arn:aws:s3:::packaged/ladder/film/index.m3u8",
  SourceRoleArn: ROLE_ARN,
  Tags: { title: "film" },
};
const ARN = "arn:aws:mediapackage-vod:eu-west-1:000000000000:assets/film-0123456789ab-00a1";

let state: string;
let calls: string[];
let events: EventEntry[];
let assumed: string[];
let refuse: string | undefined;

beforeEach(() => {
  state = mkdtempSync(path.join(tmpdir(), "mediapackage-"));
  [calls, events, assumed, refuse] = [[], [], [], undefined];
});
afterEach(() => rmSync(state, { recursive: true }));

const authorize: Authorize = (principal, action, resource, context): void => {
  if (action === "sts:AssumeRole") return void assumed.push(`${principal.arn} ${resource}`);
  expect(principal).toEqual(CALLER);
  calls.push([action, resource, ...Object.values(context ?? {})].join(" "));
  if (action === refuse) throw new AwsError("AccessDeniedException", `may not ${action}`, 403);
};

function start(store = new MemoryStore()): MediaPackage {
  return startMediaPackage({
    deployment: deployment(),
    stateDirectory: state,
    store,
    bus: { publish: (event) => void events.push(event) },
    authorize,
    clock: () => Date.UTC(2026, 0, 2, 3, 4, 5),
    secretValues: () => Promise.reject(new Error("secrets are not expected here")),
  });
}

describe("the MediaPackage VOD API", () => {
  it("creates an asset that waits for its ingest, with an address for each configuration", async () => {
    const mediaPackage = start();
    const answer = await clientOf(mediaPackage).send(new CreateAssetCommand(ASSET));
    expect(answer).toMatchObject({ ...ASSET, Arn: ARN, CreatedAt: "2026-01-02T03:04:05.000Z" });
    expect(
      answer.EgressEndpoints?.map(({ PackagingConfigurationId, Status }) => [PackagingConfigurationId, Status]),
    ).toEqual([
      ["local-hls-v1", "QUEUED"],
      ["local-dash-v1", "QUEUED"],
      ["local-cmaf-v1", "QUEUED"],
    ]);
    const parts = answer.EgressEndpoints!.map(({ Url }) =>
      /^https:\/\/\w{32}\.egress\.[^/]+\/out\/v1\/(\w{32})\/(\w{32})\/(\w{32})\/(.+)$/.exec(Url!)!,
    );
    expect(new Set(parts.map(([, asset]) => asset)).size).toBe(1);
    expect(new Set(parts.map(([, , configuration]) => configuration)).size).toBe(3);
    expect(parts.map(([, , , , file]) => file)).toEqual(["index.m3u8", "index.mpd", "index.m3u8"]);
    expect(calls).toEqual([
      "mediapackage-vod:CreateAsset *",
      `mediapackage-vod:TagResource ${ARN}`,
      `iam:PassRole ${ROLE_ARN} mediapackage-vod.amazonaws.com`,
    ]);
    await mediaPackage.idle();
  });

  it("says what failed when the source cannot be read", async () => {
    const mediaPackage = start();
    const client = clientOf(mediaPackage);
    await client.send(new CreateAssetCommand(ASSET));
    await mediaPackage.idle();
    const { EgressEndpoints } = await client.send(new DescribeAssetCommand({ Id: ASSET.Id }));
    expect(EgressEndpoints?.map(({ Status }) => Status)).toEqual(["FAILED", "FAILED", "FAILED"]);
    const message = "reading the source failed: NoSuchKey: The specified key does not exist: ladder/film/index.m3u8";
    expect(events).toEqual(
      [
        { event: "IngestStart", message: "Ingest Started" },
        { event: "IngestError", message },
      ].map((detail) => ({
        source: "aws.mediapackage",
        detailType: "MediaPackage Input Notification",
        resources: [ARN],
        detail,
      })),
    );
  });

  it("reads a bucket of its own Region only, at the owner's cost, and as the role that trusts it", async () => {
    const store = new MemoryStore();
    store.region = () => Promise.resolve("us-east-1");
    const mediaPackage = start(store);
    await clientOf(mediaPackage).send(new CreateAssetCommand(ASSET));
    await mediaPackage.idle();
    const requesterPays = new MemoryStore();
    requesterPays.payer = () => Promise.resolve("Requester");
    const second = start(requesterPays);
    await clientOf(second).send(new CreateAssetCommand({ ...ASSET, Id: "second" }));
    await second.idle();
    expect(events.map(({ detail }) => detail["message"]).filter((text) => text !== "Ingest Started")).toEqual([
      "the bucket packaged is in us-east-1; it must be in eu-west-1",
      "the bucket packaged makes the requester pay; its owner must",
    ]);
    expect(assumed).toEqual(Array(2).fill(`mediapackage.amazonaws.com ${ASSET.SourceRoleArn}`));
  });

  it("refuses a second asset of the same id", async () => {
    const mediaPackage = start();
    const client = clientOf(mediaPackage);
    await client.send(new CreateAssetCommand(ASSET));
    await expect(client.send(new CreateAssetCommand(ASSET))).rejects.toMatchObject({
      name: "UnprocessableEntityException",
      message: `Asset with id ${ASSET.Id} already exists`,
      $metadata: { httpStatusCode: 422 },
    });
    await mediaPackage.idle();
  });

  it.each([
    [{ Id: "a b" }, 'id must be 1 to 256 letters, digits, - or _, got "a b"'],
    [
      { SourceArn: "https://packaged/index.m3u8" },
      "sourceArn must be arn:aws:s3:::<bucket>/<key>, got https://packaged/index.m3u8",
    ],
    [{ SourceArn: "arn:aws:s3:::packaged/film.mp4" }, "sourceArn must end in .m3u8 or .smil, got film.mp4"],
    [
      { SourceArn: "arn:aws:s3:::packaged/film.smil" },
      "sourceArn must end in .m3u8 (.smil is not read locally), got film.smil",
    ],
    [{ SourceRoleArn: "someone" }, 'sourceRoleArn must be the ARN of an IAM role, got "someone"'],
    [{ PackagingGroupId: "", SourceArn: "" }, "packagingGroupId is required; sourceArn is required"],
  ])("refuses %j", async (change, message) => {
    const sent = clientOf(start()).send(new CreateAssetCommand({ ...ASSET, ...change }));
    await expect(sent).rejects.toMatchObject({ name: "UnprocessableEntityException", message });
    expect(events).toEqual([]);
  });

  it("refuses a packaging group that is not there", async () => {
    const sent = clientOf(start()).send(new CreateAssetCommand({ ...ASSET, PackagingGroupId: "other" }));
    await expect(sent).rejects.toMatchObject({
      name: "NotFoundException",
      message: "There is no packaging group with id other",
    });
  });

  it.each(["mediapackage-vod:CreateAsset", "mediapackage-vod:TagResource", "iam:PassRole"])(
    "creates nothing without %s",
    async (action) => {
      refuse = action;
      const client = clientOf(start());
      await expect(client.send(new CreateAssetCommand(ASSET))).rejects.toMatchObject({ message: `may not ${action}` });
      expect((await client.send(new ListAssetsCommand({}))).Assets).toEqual([]);
    },
  );

  it("lists assets in pages and by group, without endpoints", async () => {
    const mediaPackage = start();
    const client = clientOf(mediaPackage);
    for (const Id of ["a", "b", "c"]) await client.send(new CreateAssetCommand({ ...ASSET, Id }));
    const first = await client.send(new ListAssetsCommand({ MaxResults: 2, PackagingGroupId: "vod-local" }));
    expect(first.Assets?.map(({ Id }) => Id)).toEqual(["a", "b"]);
    expect(first.Assets?.[0]).not.toHaveProperty("EgressEndpoints");
    const rest = await client.send(new ListAssetsCommand({ MaxResults: 2, NextToken: first.NextToken }));
    expect(rest.Assets?.map(({ Id }) => Id)).toEqual(["c"]);
    expect(rest.NextToken).toBeUndefined();
    expect((await client.send(new ListAssetsCommand({ PackagingGroupId: "other" }))).Assets).toEqual([]);
    await expect(client.send(new ListAssetsCommand({ MaxResults: 0 }))).rejects.toThrow(
      "maxResults must be 1 to 1000, got 0",
    );
    await mediaPackage.idle();
  });

  it("deletes an asset even while it is ingested, and knows it no more", async () => {
    const store = new MemoryStore();
    let goOn = (): void => undefined;
    const late = new Promise<never>((_resolve, reject) => (goOn = () => reject(new Error("too late"))));
    store.read = () => late;
    const mediaPackage = start(store);
    const client = clientOf(mediaPackage);
    await client.send(new CreateAssetCommand(ASSET));
    await client.send(new DeleteAssetCommand({ Id: ASSET.Id }));
    goOn();
    await mediaPackage.idle();
    const gone = { name: "NotFoundException", message: `There is no asset with id ${ASSET.Id}` };
    await expect(client.send(new DescribeAssetCommand({ Id: ASSET.Id }))).rejects.toMatchObject(gone);
    await expect(client.send(new DeleteAssetCommand({ Id: ASSET.Id }))).rejects.toMatchObject(gone);
    expect(events.map(({ detail }) => detail["event"])).toEqual(["IngestStart"]);
  });

  it("takes up after a restart what a stop left unfinished", async () => {
    const before = start();
    const stopped = before.stop();
    await clientOf(before).send(new CreateAssetCommand(ASSET));
    await stopped;
    await before.idle();
    expect(events).toEqual([]);
    const after = start();
    await after.idle();
    expect(events.map(({ detail }) => detail["event"])).toEqual(["IngestStart", "IngestError"]);
    expect((await clientOf(after).send(new DescribeAssetCommand({ Id: ASSET.Id }))).EgressEndpoints?.[0]?.Status).toBe(
      "FAILED",
    );
  });
});
