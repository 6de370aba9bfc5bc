import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ENVIRONMENT_NAMES } from "../../../environments/environment";
import { TOPOLOGIES } from "../../../job-templates/job-template";
import allowed from "../../../script/gitops/allowed-types.json";
import { synthesise } from "../../../stacks/synthesise";
import { withOptions } from "../../support/optional";
import { environment, RELEASE, type Resources } from "../../support/synthesised";

/** The resources of every stack of every environment, in both topologies. */
function everyResources(): Resources[] {
  return TOPOLOGIES.flatMap((topology) => {
    const out = mkdtempSync(join(tmpdir(), "vod-synth-"));
    synthesise(
      ENVIRONMENT_NAMES.map((name) => environment(name, topology)),
      RELEASE,
      out,
    );
    const stacks = join(out, "stacks");
    return readdirSync(stacks).map(
      (stack) => JSON.parse(readFileSync(join(stacks, stack, "cdk.tf.json"), "utf8")).resource as Resources,
    );
  });
}

const resources = [...everyResources(), withOptions().document.resource];
const synthesisedTypes = {
  resources: [...new Set(resources.flatMap((of) => Object.keys(of)))].sort(),
  cloudformation: [
    ...new Set(
      resources.flatMap((of) =>
        Object.values(of.aws_cloudformation_stack ?? {}).flatMap(({ template_body }) =>
          [...(template_body as string).matchAll(/"Type":"(AWS::[^"]+)"/g)].map(([, type = ""]) => type),
        ),
      ),
    ),
  ].sort(),
};

/** What to write into the list, and what to take out. */
function edits(list: readonly string[], synthesised: readonly string[]): string[] {
  return [
    ...synthesised.filter((type) => !list.includes(type)).map((type) => `add the line: "${type}",`),
    ...list.filter((type) => !synthesised.includes(type)).map((type) => `take out the line: "${type}",`),
  ];
}

test.each(["resources", "cloudformation"] as const)(
  "the list of %s is what the stacks synthesise, in order",
  (list) => {
    expect(edits(allowed[list], synthesisedTypes[list])).toEqual([]);
    expect(allowed[list]).toEqual(synthesisedTypes[list]);
  },
);

test("a type that is missing or no longer used is named with the line to change", () => {
  expect(edits(["aws_gone"], ["aws_new"])).toEqual(['add the line: "aws_new",', 'take out the line: "aws_gone",']);
});
