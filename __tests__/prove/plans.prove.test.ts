import { devWith } from "../support/environment-with";
import { planned, resourceCount } from "../support/plans";
import { everySetting } from "../support/settings-matrix";
import {
  everyBootstrap,
  everyStack,
  synthesised,
  synthesisedBootstrap,
  title,
  type SynthesisedStack,
} from "../support/synthesised";
import { findProviderMirror, has, testWith } from "../support/tools";

const mirror = findProviderMirror();
const withTerraform = testWith(
  "terraform with the AWS provider",
  has("terraform", "version") && mirror !== undefined,
  "REQUIRE_TERRAFORM",
);

const plans = (what: string, stack: () => SynthesisedStack): void =>
  withTerraform(
    `terraform plans ${what}`,
    () => {
      const made = stack();
      expect(planned(made, mirror ?? "")).toBe(resourceCount(made));
    },
    300_000,
  );

describe("every stack of every environment", () => {
  for (const stack of everyStack()) plans(`the stack of ${title(stack)}`, () => stack);
  for (const stack of everyBootstrap()) plans(`the bootstrap of ${stack.environment.name}`, () => stack);
});

describe("every optional setting by itself", () => {
  for (const { name, settings } of everySetting()) {
    // Who deploys is the bootstrap's matter, everything else the workload's.
    const synthesise = name.startsWith("repository.") ? synthesisedBootstrap : synthesised;
    plans(name, () => synthesise(devWith(settings)));
  }
});
