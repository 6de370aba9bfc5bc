import { Testing, TerraformStack } from "cdktf";
import { typedCloudFormation } from "../../../stacks/shared/typed-cloudformation";

test("a body over CloudFormation's limit is refused at synth, since validate does not notice", () => {
  const stack = new TerraformStack(Testing.app(), "test");
  const body = { Description: "x".repeat(51_200), Resources: {}, Outputs: {} };
  expect(() => typedCloudFormation(stack, "big", { name: "vod-big", body })).toThrow(
    "vod-big: the CloudFormation body must be at most 51200 bytes, got 51286",
  );
});
