import type { MediaConvertClient } from "@aws-sdk/client-mediaconvert";
import { type MediaPackageVodClient, NotFoundException } from "@aws-sdk/client-mediapackage-vod";
import { mediaPackagePackager } from "../../../handlers/shared/mediapackage-packager";
import { mediaConvertEncoder } from "../../../handlers/submit-transcode/mediaconvert-encoder";
import { type ApiCall, modelProblems, withBotocore } from "../../support/service-models";

/** A client that notes each command as the call that it makes. */
function recorder(service: string, answer: () => Promise<unknown>) {
  const calls: ApiCall[] = [];
  const send = (command: { constructor: { name: string }; input: unknown }) => {
    calls.push({ service, operation: command.constructor.name.replace(/Command$/, ""), input: command.input });
    return answer();
  };
  return { calls, client: { send } };
}

async function mediaConvertCalls(): Promise<ApiCall[]> {
  const settings = { Job: { Id: "1" }, JobTemplate: { Settings: {} }, ProbeResults: [] };
  const { calls, client } = recorder("mediaconvert", () => Promise.resolve(settings));
  const encoder = mediaConvertEncoder(client as unknown as MediaConvertClient);
  await encoder.probe("s3://vod-source-dev-111111111111-eu-west-1/uploads/a b+ü.mp4", true);
  await encoder.template("vod-dev-mediapackage-hls-0123456789ab");
  await encoder.submitted({
    queueArn: "arn:aws:mediaconvert:eu-west-1:111111111111:queues/vod-dev",
    assetId: "night-0123456789ab",
    version: "1f",
    since: "2026-03-01T12:00:00.000Z",
  });
  await encoder.submit({ Role: "arn:aws:iam::111111111111:role/r", Settings: {} });
  return calls;
}

async function mediaPackageCalls(): Promise<ApiCall[]> {
  const settings = { packagingGroupId: "vod-dev", sourceRoleArn: "arn:aws:iam::111111111111:role/r" };
  const sourceArn = "arn:aws:s3:::vod-packaged-dev-111111111111-eu-west-1/ladder/night-0123456789ab-1f/index.m3u8";
  const nothing = recorder("mediapackage-vod", () => Promise.resolve({}));
  const missing = recorder("mediapackage-vod", () =>
    Promise.reject(new NotFoundException({ message: "no", $metadata: {} })),
  );
  await mediaPackagePackager(nothing.client as unknown as MediaPackageVodClient, settings).register({
    id: "night-0123456789ab-1f",
    sourceArn,
    tags: { assetId: "night-0123456789ab", version: "1f" },
  });
  await mediaPackagePackager(missing.client as unknown as MediaPackageVodClient).describe("night-0123456789ab-1f");
  return [...nothing.calls, ...missing.calls];
}

withBotocore(
  "every call of the handlers to MediaConvert and MediaPackage passes the service's own API model",
  async () => {
    const calls = [...(await mediaConvertCalls()), ...(await mediaPackageCalls())];
    expect(calls.map(({ operation }) => operation)).toEqual([
      "Probe",
      "GetJobTemplate",
      "ListJobs",
      "CreateJob",
      "CreateAsset",
      "DescribeAsset",
    ]);
    expect(modelProblems(calls)).toEqual([]);
  },
);
