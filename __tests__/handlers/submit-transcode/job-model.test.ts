import { execFileSync } from "node:child_process";
import { jobTemplate, TOPOLOGIES } from "../../../job-templates/job-template";
import { destinationsOf } from "../../../handlers/submit-transcode/destinations";
import { jobRequest } from "../../../handlers/submit-transcode/job";
import { tailor } from "../../../handlers/submit-transcode/tailor";
import { has, testWith } from "../../support/tools";

/** botocore's copy of the service's model: names, types and lengths by its validator, enumerations by a walk. */
const VALIDATE = `
import json, sys
from botocore.session import get_session
from botocore.validate import ParamValidator

def strays(value, shape, path):
    if shape.type_name == "structure":
        for key, member in value.items():
            yield from strays(member, shape.members[key], path + "." + key)
    elif shape.type_name == "list":
        for index, member in enumerate(value):
            yield from strays(member, shape.member, f"{path}[{index}]")
    elif shape.type_name == "map":
        for key, member in value.items():
            yield from strays(member, shape.value, path + "." + key)
    elif getattr(shape, "enum", None) and value not in shape.enum:
        yield f"{path}: {value} is not one of {shape.enum}"

shape = get_session().get_service_model("mediaconvert").operation_model("CreateJob").input_shape
problems = []
for job in json.load(sys.stdin):
    report = ParamValidator().validate(job, shape).generate_report()
    problems += [report] if report else list(strays(job, shape, ""))
print(json.dumps(problems))
`;

const problems = (jobs: unknown): string[] =>
  JSON.parse(execFileSync("python3", ["-c", VALIDATE], { input: JSON.stringify(jobs), encoding: "utf8" })) as string[];

const LADDER = { rungs: ["240p", "360p", "480p"], segmentSeconds: 4, gopSeconds: 2 } as const;

function job(topology: (typeof TOPOLOGIES)[number], hasAudio: boolean) {
  const { settings } = tailor({
    template: jobTemplate(topology, LADDER, "360p").settings,
    sourceUrl: "s3://source/uploads/night.mp4",
    facts: { width: 853, height: 479, hasAudio },
    captions: [{ url: "s3://source/uploads/night.en.vtt", language: "en" }],
    destinations: destinationsOf(topology, "packaged", "night-0123456789ab", "1f"),
  });
  return jobRequest({
    assetId: "night-0123456789ab",
    version: "1f",
    settings,
    queueArn: "arn:queue",
    roleArn: "arn:role",
  });
}

testWith("python3 with botocore", has("python3", "-c", "import botocore"))(
  "every tailored job passes MediaConvert's own API model",
  () => {
    expect(problems(TOPOLOGIES.flatMap((topology) => [job(topology, true), job(topology, false)]))).toEqual([]);
    const wrong = { ...job("direct", true), StatusUpdateInterval: "SECONDS_7" };
    expect(problems([wrong])).toEqual([expect.stringMatching(/^\.StatusUpdateInterval: SECONDS_7 is not one of \[/)]);
  },
);
