import { initialised, terraform } from "../support/terraform";
import { everyStack, title } from "../support/synthesised";
import { findProviderMirror, has, testWith } from "../support/tools";

const mirror = findProviderMirror();
const withTerraform = testWith(
  "terraform with the AWS provider",
  has("terraform", "version") && mirror !== undefined,
  "REQUIRE_TERRAFORM",
);

describe("terraform validate", () => {
  for (const stack of everyStack()) {
    withTerraform(
      `accepts the stack of ${title(stack)}`,
      () => {
        const folder = initialised(stack.file, mirror ?? "");
        expect(JSON.parse(terraform(folder, "validate", "-json"))).toMatchObject({ valid: true, diagnostics: [] });
      },
      60_000,
    );
  }
});
