import { execFileSync } from "node:child_process";
import { has, testWith } from "./tools";

/** One call of an API, its input under the API's own names. */
export interface ApiCall {
  /** botocore's name of the service: `mediaconvert`, `mediapackage-vod`. */
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
}

/** `test` where botocore is; `REQUIRE_BOTOCORE=1` makes its lack a failure. */
export const withBotocore = testWith(
  "python3 with botocore",
  has("python3", "-c", "import botocore"),
  "REQUIRE_BOTOCORE",
);

/** botocore's copies of the models: names, types and lengths by its validator, enumerations and patterns by a walk. */
const VALIDATE = `
import json, re, sys
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
    elif shape.metadata.get("pattern") and not re.search(shape.metadata["pattern"], str(value)):
        yield f"{path}: {value} does not match {shape.metadata['pattern']}"

problems = []
for call in json.load(sys.stdin):
    model = get_session().get_service_model(call["service"])
    shape = model.operation_model(call["operation"]).input_shape
    report = ParamValidator().validate(call["input"], shape).generate_report()
    found = [report] if report else list(strays(call["input"], shape, ""))
    problems += [call["operation"] + problem if problem.startswith(".") else call["operation"] + ": " + problem for problem in found]
print(json.dumps(problems))
`;

/** What the services' own API models object to, a line each: `CreateJob.Settings.Inputs[0].TimecodeSource: ...`. */
export function modelProblems(calls: readonly ApiCall[]): string[] {
  if (calls.length === 0) throw new Error("there is no call to judge");
  const input = JSON.stringify(calls);
  return JSON.parse(execFileSync("python3", ["-c", VALIDATE], { input, encoding: "utf8" })) as string[];
}
