import { jobTemplate, TOPOLOGIES, type Topology } from "../../../job-templates/job-template";
import { destinationsOf } from "../../../handlers/submit-transcode/destinations";
import { jobRequest } from "../../../handlers/submit-transcode/job";
import type { SourceFacts } from "../../../handlers/submit-transcode/source-facts";
import { tailor } from "../../../handlers/submit-transcode/tailor";
import { type ApiCall, modelProblems, withBotocore } from "../../support/service-models";

const LADDER = { rungs: ["240p", "360p", "480p", "720p", "1080p", "2160p"], segmentSeconds: 4, gopSeconds: 2 } as const;
const SOURCES: readonly SourceFacts[] = [
  { width: 853, height: 479, hasAudio: true },
  { width: 853, height: 479, hasAudio: false },
  { width: 3840, height: 2160, hasAudio: true },
  { width: 720, height: 1280, hasAudio: true },
  { width: 161, height: 121, hasAudio: true },
];
const CAPTIONS = ["en", "pt-BR", "und"].map((language) => ({ url: `s3://source/night.${language}.vtt`, language }));

function job(topology: Topology, facts: SourceFacts, captions: typeof CAPTIONS): ApiCall {
  const { settings } = tailor({
    template: jobTemplate(topology, LADDER, "360p").settings,
    sourceUrl: "s3://source/uploads/night.mp4",
    facts,
    captions,
    destinations: destinationsOf(topology, "packaged", "night-0123456789ab", "1f"),
  });
  const names = { assetId: "night-0123456789ab", version: "1f" };
  const input = jobRequest({ ...names, settings, queueArn: "arn:queue", roleArn: "arn:role" });
  return { service: "mediaconvert", operation: "CreateJob", input };
}

withBotocore("every tailored job passes MediaConvert's own API model", () => {
  const jobs = TOPOLOGIES.flatMap((topology) =>
    SOURCES.flatMap((facts) => [[], CAPTIONS].map((captions) => job(topology, facts, captions))),
  );
  expect(modelProblems(jobs)).toEqual([]);
});

withBotocore("a job with a value that MediaConvert does not know does not pass", () => {
  const { input, ...call } = job("direct", SOURCES[0]!, []);
  const wrong = { ...call, input: { ...(input as object), StatusUpdateInterval: "SECONDS_7" } };
  expect(modelProblems([wrong])).toEqual([
    expect.stringMatching(/^CreateJob\.StatusUpdateInterval: SECONDS_7 is not one of \[/),
  ]);
});
