import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraform, terraformBeside } from "../support/terraform";
import { everyBootstrap, everyStack, title, type SynthesisedStack } from "../support/synthesised";
import { findProviderMirror, has, testWith } from "../support/tools";

const mirror = findProviderMirror();
const available = has("terraform", "version") && mirror !== undefined;
const withTerraform = testWith("terraform with the AWS provider", available, "REQUIRE_TERRAFORM");

const STACKS: ReadonlyMap<string, SynthesisedStack> = new Map([
  ...everyStack().map((stack) => [`the stack of ${title(stack)}`, stack] as const),
  ...everyBootstrap().map((stack) => [`the bootstrap of ${stack.environment.name}`, stack] as const),
]);
const folderOf = (what: string): string => what.replaceAll(/\W+/g, "-");

interface Diagnostic {
  readonly summary: string;
  readonly detail: string;
  readonly range?: { readonly filename: string };
}

/** Each stack is a module of one configuration: Terraform starts the provider, its slowest part, once and not once a stack. */
describe("terraform validate", () => {
  let complaints: readonly string[] = [];

  beforeAll(async () => {
    if (!available) return;
    const folder = mkdtempSync(join(tmpdir(), "vod-validate-"));
    const entries = [...STACKS].map(([what, stack]) => [folderOf(what), moduleIn(folder, folderOf(what), stack)]);
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ module: Object.fromEntries(entries) }));
    terraform(folder, "init", "-input=false", `-plugin-dir=${mirror}`);
    const verdict = await terraformBeside(folder, "validate", "-json").catch(({ message }: Error) => message);
    const { diagnostics } = JSON.parse(verdict.slice(verdict.indexOf("{"))) as { diagnostics: Diagnostic[] };
    complaints = diagnostics.map(({ range, summary, detail }) => `${range?.filename}: ${summary}: ${detail}`);
  }, 300_000);

  for (const what of STACKS.keys()) {
    withTerraform(`accepts ${what}`, () => {
      expect(complaints.filter((complaint) => complaint.startsWith(`${folderOf(what)}/`))).toEqual([]);
    });
  }

  withTerraform("says nothing of anything else", () => {
    expect(complaints).toEqual([]);
  });
});

/** Writes a stack without its backend, which belongs to a whole configuration, and gives the call of the module. */
function moduleIn(folder: string, name: string, { file }: SynthesisedStack): unknown {
  const stack = JSON.parse(readFileSync(file, "utf8")) as {
    terraform: Record<string, unknown>;
    variable?: Record<string, unknown>;
  };
  delete stack.terraform.backend;
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, "cdk.tf.json"), JSON.stringify(stack));
  const variables = Object.keys(stack.variable ?? {}).map((variable) => [variable, "given"]);
  return { source: `./${name}`, ...Object.fromEntries(variables) };
}
