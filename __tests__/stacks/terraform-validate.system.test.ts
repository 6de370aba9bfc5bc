import { initialised, terraformBeside } from "../support/terraform";
import { everyBootstrap, everyStack, title, type SynthesisedStack } from "../support/synthesised";
import { findProviderMirror, has, testWith } from "../support/tools";

const mirror = findProviderMirror();
const available = has("terraform", "version") && mirror !== undefined;
const withTerraform = testWith("terraform with the AWS provider", available, "REQUIRE_TERRAFORM");

const stacks: readonly (readonly [what: string, stack: SynthesisedStack])[] = [
  ...everyStack().map((stack) => [`the stack of ${title(stack)}`, stack] as const),
  ...everyBootstrap().map((stack) => [`the bootstrap of ${stack.environment.name}`, stack] as const),
];
/** As many as the machine has processors here and in CI: each validation keeps one busy for seconds. */
const AT_ONCE = 2;

describe("terraform validate", () => {
  const verdicts = new Map<string, unknown>();

  beforeAll(async () => {
    if (!available) return;
    const queue = [...stacks];
    const work = async (): Promise<void> => {
      for (let next = queue.shift(); next; next = queue.shift()) verdicts.set(next[0], await verdictOn(next[1]));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  }, 300_000);

  for (const [what] of stacks) {
    withTerraform(`accepts ${what}`, () => expect(verdicts.get(what)).toMatchObject({ valid: true, diagnostics: [] }));
  }
});

/** What Terraform says of a stack, or the error that kept it from saying anything. */
async function verdictOn({ file }: SynthesisedStack): Promise<unknown> {
  try {
    return JSON.parse(await terraformBeside(initialised(file, mirror ?? ""), "validate", "-json"));
  } catch (error) {
    return error;
  }
}
