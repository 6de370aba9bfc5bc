import { TOPOLOGIES } from "../../job-templates/job-template";
import { devWith } from "../support/environment-with";
import { planned, resourceCount } from "../support/plans";
import { allSettings } from "../support/settings-matrix";
import { synthesised } from "../support/synthesised";
import { findProviderMirror, has, testWith } from "../support/tools";

const mirror = findProviderMirror();
const withTerraform = testWith(
  "terraform with the AWS provider",
  has("terraform", "version") && mirror !== undefined,
  "REQUIRE_TERRAFORM",
);

// Each setting by itself: plans.prove.test.ts.
for (const topology of TOPOLOGIES) {
  withTerraform(
    `terraform plans dev in topology ${topology} with every setting that goes together`,
    () => {
      const stack = synthesised(devWith(allSettings(), topology));
      expect(planned(stack, mirror ?? "")).toBe(resourceCount(stack));
    },
    120_000,
  );
}
