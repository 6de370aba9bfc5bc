import { initialised, terraform } from "../support/terraform";
import { everyBootstrap, everyStack, title, type SynthesisedStack } from "../support/synthesised";
import { findProviderMirror, has, testWith } from "../support/tools";

const mirror = findProviderMirror();
const withTerraform = testWith(
  "terraform with the AWS provider",
  has("terraform", "version") && mirror !== undefined,
  "REQUIRE_TERRAFORM",
);

describe("terraform validate", () => {
  const accepts = (what: string, stack: SynthesisedStack): void =>
    withTerraform(
      `accepts ${what}`,
      () => {
        const folder = initialised(stack.file, mirror ?? "");
        expect(JSON.parse(terraform(folder, "validate", "-json"))).toMatchObject({ valid: true, diagnostics: [] });
      },
      60_000,
    );
  for (const stack of everyStack()) accepts(`the stack of ${title(stack)}`, stack);
  for (const stack of everyBootstrap()) accepts(`the bootstrap of ${stack.environment.name}`, stack);
});
