import { spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { CloudFormationResource } from "../../../local/terraform/cloudformation";
import { bodiesOf } from "../../support/bodies";
import { type ApiCall, modelProblems, withBotocore } from "../../support/service-models";
import { everyStack, title } from "../../support/synthesised";
import { has, testWith } from "../../support/tools";

const BODIES = everyStack().flatMap((stack) =>
  bodiesOf(stack).map((body) => ({
    ...body,
    name: `${title(stack)}, ${body.address}`,
    region: stack.environment.region,
  })),
);

testWith("cfn-lint", has("cfn-lint", "--version"), "REQUIRE_CFN_LINT")(
  "cfn-lint has nothing to say of any CloudFormation body",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "vod-bodies-"));
    const files = BODIES.map(({ name, text }) => {
      const file = join(folder, `${name.replaceAll(/\W+/g, "-")}.json`);
      writeFileSync(file, text);
      return file;
    });
    expect(files.length).toBeGreaterThan(0);
    const regions = [...new Set(BODIES.map(({ region }) => region))];
    const { stdout, status } = spawnSync("cfn-lint", ["--regions", ...regions, "--", ...files], { encoding: "utf8" });
    expect({ stdout, status }).toEqual({ stdout: "", status: 0 });
  },
  60_000,
);

/** The call that CloudFormation makes of a resource. */
function callOf({ type, properties }: CloudFormationResource): ApiCall {
  const { SettingsJson, ...input } = properties;
  switch (type) {
    case "AWS::MediaConvert::JobTemplate":
      return { service: "mediaconvert", operation: "CreateJobTemplate", input: { ...input, Settings: SettingsJson } };
    case "AWS::MediaPackage::PackagingGroup":
      return { service: "mediapackage-vod", operation: "CreatePackagingGroup", input };
    case "AWS::MediaPackage::PackagingConfiguration":
      return { service: "mediapackage-vod", operation: "CreatePackagingConfiguration", input };
    default:
      throw new Error(`which call makes a ${type} is not known: add it here`);
  }
}

withBotocore("every resource of every CloudFormation body passes the API model of its service", () => {
  const resources = BODIES.flatMap((body) => body.resources);
  expect([...new Set(resources.map(({ type }) => type))].sort()).toEqual([
    "AWS::MediaConvert::JobTemplate",
    "AWS::MediaPackage::PackagingConfiguration",
    "AWS::MediaPackage::PackagingGroup",
  ]);
  expect(modelProblems(resources.map(callOf))).toEqual([]);
});
