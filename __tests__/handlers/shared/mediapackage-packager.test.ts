import {
  type MediaPackageVodClient,
  MediaPackageVodServiceException,
  NotFoundException,
  UnprocessableEntityException,
} from "@aws-sdk/client-mediapackage-vod";
import { mediaPackagePackager } from "../../../handlers/shared/mediapackage-packager";

const ASSET = { id: "a-1", sourceArn: "arn:aws:s3:::p/ladder/a-1/index.m3u8", tags: { assetId: "a" } };
const SETTINGS = { packagingGroupId: "vod-dev", sourceRoleArn: "arn:aws:iam::000000000000:role/r" };
const ENDPOINT = { PackagingConfigurationId: "dev-hls-v1", Status: "QUEUED", Url: "https://x/out/v1/h/c/m/index.m3u8" };
const FOUND = [{ configurationId: "dev-hls-v1", status: "QUEUED", url: "https://x/out/v1/h/c/m/index.m3u8" }];

const problem = (httpStatusCode: number, message: string) =>
  new MediaPackageVodServiceException({ name: "E", $fault: "client", message, $metadata: { httpStatusCode } });
const unprocessable = new UnprocessableEntityException({
  message: "Asset already exists",
  $metadata: { httpStatusCode: 422 },
});
const missing = new NotFoundException({ message: "no", $metadata: { httpStatusCode: 404 } });

/** Answers by command; an Error is thrown. */
function clientOf(answers: Record<string, unknown>) {
  const calls: [string, unknown][] = [];
  const send = (command: { constructor: { name: string }; input: unknown }) => {
    const { name } = command.constructor;
    calls.push([name, command.input]);
    const answer = answers[name] ?? new Error(`${name} was not expected`);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { calls, client: { send } as unknown as MediaPackageVodClient };
}

test("an asset is created in the group, with the role that reads the bucket", async () => {
  const { client, calls } = clientOf({ CreateAssetCommand: { EgressEndpoints: [ENDPOINT] } });
  expect(await mediaPackagePackager(client, SETTINGS).register(ASSET)).toEqual({ ok: true, value: FOUND });
  expect(calls).toEqual([
    [
      "CreateAssetCommand",
      {
        Id: "a-1",
        SourceArn: ASSET.sourceArn,
        SourceRoleArn: SETTINGS.sourceRoleArn,
        PackagingGroupId: "vod-dev",
        Tags: { assetId: "a" },
      },
    ],
  ]);
});

test.each([
  ["422", unprocessable],
  ["409", problem(409, "exists")],
])("an asset that an earlier delivery created is found (%s)", async (_, error) => {
  const existing = { SourceArn: ASSET.sourceArn, EgressEndpoints: [ENDPOINT] };
  const { client } = clientOf({ CreateAssetCommand: error, DescribeAssetCommand: existing });
  expect(await mediaPackagePackager(client, SETTINGS).register(ASSET)).toEqual({ ok: true, value: FOUND });
});

test("a refusal with no such asset is the refusal of this one", async () => {
  const { client } = clientOf({
    CreateAssetCommand: problem(422, "Unsupported source"),
    DescribeAssetCommand: missing,
  });
  expect(await mediaPackagePackager(client, SETTINGS).register(ASSET)).toEqual({
    ok: false,
    problem: { stage: "package", code: "ASSET_REFUSED", reason: "MediaPackage refused the asset: Unsupported source" },
  });
});

test("an asset of the same id but another source is not taken for ours", async () => {
  const { client } = clientOf({ CreateAssetCommand: unprocessable, DescribeAssetCommand: { SourceArn: "arn:other" } });
  expect(await mediaPackagePackager(client, SETTINGS).register(ASSET)).toEqual({
    ok: false,
    problem: {
      stage: "package",
      code: "ASSET_TAKEN",
      reason: "MediaPackage has an asset a-1 of another source, arn:other",
    },
  });
});

test.each([429, 403, 500, 503])("status %i is thrown, to be tried again", async (status) => {
  const { client, calls } = clientOf({ CreateAssetCommand: problem(status, "later") });
  await expect(mediaPackagePackager(client, SETTINGS).register(ASSET)).rejects.toThrow("later");
  expect(calls).toHaveLength(1);
});

test("an asset that is gone is described as undefined, other trouble is thrown", async () => {
  expect(await mediaPackagePackager(clientOf({ DescribeAssetCommand: missing }).client).describe("a")).toBeUndefined();
  const { client } = clientOf({ DescribeAssetCommand: problem(500, "down") });
  await expect(mediaPackagePackager(client).describe("a")).rejects.toThrow("down");
});
