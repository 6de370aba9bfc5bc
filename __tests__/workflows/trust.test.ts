import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesiseBootstrap } from "../../stacks/synthesise";
import { environment, list, statements } from "../support/synthesised";
import { isCheckout, jobs, type PlacedJob, roleOf, stepsOf } from "./policy/rule";
import { automation } from "./read";

const dev = environment("dev");
const CLAIMS = "token.actions.githubusercontent.com";

/** Claims that a role's trust asks for, one set a statement. */
function trustOf(role: string): Record<string, string[]>[] {
  const out = mkdtempSync(join(tmpdir(), "vod-trust-"));
  synthesiseBootstrap(dev, out);
  const { resource } = JSON.parse(readFileSync(join(out, "stacks", "vod-bootstrap-dev", "cdk.tf.json"), "utf8"));
  const { assume_role_policy: policy } = resource.aws_iam_role[role] as { assume_role_policy: string };
  return statements(policy).map(({ Condition }) =>
    Object.fromEntries(
      Object.entries(Condition?.StringEquals ?? {}).map(([claim, value]) => [
        claim.replace(`${CLAIMS}:`, ""),
        list(value),
      ]),
    ),
  );
}

const takersOf = (role: string): PlacedJob[] =>
  jobs(automation()).filter((placed) => stepsOf(placed).some(({ step }) => roleOf(step) === role));

const runsCallersCode = (placed: PlacedJob): boolean =>
  stepsOf(placed).some(({ step }) => isCheckout(step) && step.with?.ref !== "main");

const filesOf = (placed: readonly PlacedJob[]): string[] => [...new Set(placed.map(({ file }) => file))].sort();

const trustedFiles = (statement: Record<string, string[]>): string[] => statement.job_workflow_ref ?? [];

describe.each(["plan", "upload", "apply"])("the role %s", (role) => {
  const at = `${dev.repository?.owner}/${dev.repository?.name}/.github/workflows`;
  const refs = (placed: readonly PlacedJob[]) => filesOf(placed).map((file) => `${at}/${file}@refs/heads/main`);

  test("trusts exactly the workflows and environments that take it on", () => {
    const takers = takersOf(role);
    expect(trustOf(role).flatMap(trustedFiles).sort()).toEqual(refs(takers));
    const environments = takers.map(({ job }) => job.environment?.replace("${{ inputs.environment }}", "dev"));
    const trusted = trustOf(role).flatMap(({ sub = [] }) => sub.map((each) => /:environment:(.+)$/.exec(each)?.[1]));
    expect(new Set(trusted)).toEqual(new Set(environments));
  });

  test("trusts a workflow that runs its caller's code for main alone", () => {
    const forMain = trustOf(role).filter(({ ref }) => ref?.length === 1 && ref[0] === "refs/heads/main");
    expect(forMain.flatMap(trustedFiles).sort()).toEqual(refs(takersOf(role).filter(runsCallersCode)));
  });
});
