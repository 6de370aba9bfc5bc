import { readNewJob } from "../../../../local/services/mediaconvert/create-job";
import { mediaConvertResources } from "../../../../local/services/mediaconvert/resources";
import { toWireNames } from "../../../../local/services/mediaconvert/wire-names";
import { deploymentOf, QUEUE, ROLE } from "./harness";
import { CMAF, HLS, hlsOutput, POSTER, settingsOf } from "./settings";

const resources = mediaConvertResources(deploymentOf({ Name: "t", SettingsJson: { OutputGroups: [HLS] } }));

/** A good request, changed at one place. */
function changed(path: string, value: unknown): unknown {
  const request = toWireNames({ Role: ROLE, Queue: "vod-local", Settings: settingsOf(HLS, CMAF, POSTER) });
  const steps = path.split("/").slice(1);
  const last = steps.pop()!;
  const parent = steps.reduce((at, step) => (at as Record<string, unknown>)[step], request) as Record<string, unknown>;
  parent[last] = value;
  return request;
}

const H264 = "/settings/outputGroups/0/outputs/0/videoDescription/codecSettings/h264Settings";
const VIDEO = "/settings/outputGroups/0/outputs/0/videoDescription";

describe("a request to create a job", () => {
  it("is read with its queue's ARN", () => {
    const job = readNewJob(changed("/priority", 3), resources);
    expect(job).toMatchObject({ role: ROLE, queue: QUEUE, priority: 3, userMetadata: {} });
  });

  it("takes from a template what it does not say itself", () => {
    const settings = toWireNames({ Inputs: settingsOf().Inputs });
    const job = readNewJob({ role: ROLE, jobTemplate: "t", settings }, resources);
    expect(job.settings.outputGroups).toHaveLength(1);
    expect(job.jobTemplate).toBe("t");
  });

  it.each([
    ["/role", undefined, "/role: is required and must be a string, got nothing"],
    ["/role", "admin", '/role: must be the ARN of an IAM role, got "admin"'],
    ["/queue", "slow", '/queue: names no queue of this account (vod-local, Default), got "slow"'],
    ["/clientRequestToken", "x".repeat(65), "/clientRequestToken: must be 64 characters at most"],
    ["/settings/inputs", [], "/settings/inputs: is required and must be a list that is not empty"],
    ["/settings/inputs/0/fileInput", "https://a/b", '/settings/inputs/0/fileInput: must be an S3 address, s3://bucket/key, got "https://a/b"'],
    ["/settings/outputGroups/0/outputGroupSettings/hlsGroupSettings/destination", undefined, "/settings/outputGroups/0/outputGroupSettings/hlsGroupSettings/destination: is required and must be a string, got nothing"],
    ["/settings/outputGroups/0/outputs/1/nameModifier", "_180p", '/settings/outputGroups/0/outputs/1/nameModifier: must differ from the group\'s other outputs, got "_180p"'],
    [`${VIDEO}/width`, 321, `${VIDEO}/width: must be even, got 321`],
    [`${VIDEO}/height`, 16, `${VIDEO}/height: must be a whole number from 32 to 8192, got 16`],
    [`${H264}/maxBitrate`, undefined, `${H264}/maxBitrate: is required when rateControlMode is QVBR`],
    [`${H264}/maxBitrate`, 999, `${H264}/maxBitrate: must be a whole number from 1000 to 1152000000, got 999`],
    [`${H264}/maxBitrate`, 1152000001, `${H264}/maxBitrate: must be a whole number from 1000 to 1152000000, got 1152000001`],
    [`${H264}/bitrate`, 1000, `${H264}/bitrate: must not be given when rateControlMode is QVBR`],
    [`${H264}/qvbrSettings/qvbrQualityLevel`, 11, `${H264}/qvbrSettings/qvbrQualityLevel: must be a whole number from 1 to 10, got 11`],
    ["/settings/outputGroups/0/outputs/2/captionDescriptions/0/captionSelectorName", "None", '/settings/outputGroups/0/outputs/2/captionDescriptions/0/captionSelectorName: names no caption selector of the input, got "None"'],
    ["/settings/outputGroups/1/outputs/0/audioDescriptions", [{ codecSettings: { codec: "AAC" } }], "/settings/outputGroups/1/outputs/0/audioDescriptions: must be empty beside a videoDescription: CMAF keeps audio in an output of its own"],
  ])("is refused for %s = %p", (path, value, message) => {
    expect(() => readNewJob(changed(path, value), resources)).toThrow(expect.objectContaining({ code: "BadRequestException", status: 400, message })); // prettier-ignore
  }); // prettier-ignore

  it("is refused with all its problems at once", () => {
    const settings = toWireNames(settingsOf({ ...HLS, Outputs: [hlsOutput(91, 160)] }));
    expect(() => readNewJob({ settings }, resources)).toThrow(
      "/role: is required and must be a string, got nothing; " +
        "/settings/outputGroups/0/outputs/0/videoDescription/height: must be even, got 91",
    );
  });
});
