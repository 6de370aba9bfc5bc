import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { synthesiseBootstrap } from "../../stacks/synthesise";
import { environment, list, statements } from "../support/synthesised";
import { jobs, roleOf, stepsOf } from "./policy/rule";
import { automation } from "./read";

const dev = environment("dev");
const CLAIMS = "token.actions.githubusercontent.com";

/** Trust policies of the roles that the bootstrap makes, by role. */
function trusts(): Map<string, Record<string, string[]>> {
  const out = mkdtempSync(join(tmpdir(), "vod-trust-"));
  synthesiseBootstrap(dev, out);
  const { resource } = JSON.parse(readFileSync(join(out, "stacks", "vod-bootstrap-dev", "cdk.tf.json"), "utf8"));
  const roles = Object.values(resource.aws_iam_role as Record<string, { name: string; assume_role_policy: string }>);
  return new Map(
    roles.flatMap(({ name, assume_role_policy }) => {
      const [statement] = statements(assume_role_policy);
      const equals = statement?.Condition?.StringEquals;
      const claims = Object.entries(equals ?? {}).map(([claim, value]): [string, string[]] => [
        claim.replace(`${CLAIMS}:`, ""),
        list(value),
      ]);
      return claims.length > 0 ? [[name, Object.fromEntries(claims)] as const] : [];
    }),
  );
}

test.each(["plan", "upload", "apply"])(
  "the role %s trusts exactly the workflows and environments that take it on",
  (role) => {
    const takers = jobs(automation()).filter((placed) => stepsOf(placed).some(({ step }) => roleOf(step) === role));
    const files = [...new Set(takers.map(({ file }) => file))];
    const environments = [
      ...new Set(takers.map(({ job }) => job.environment?.replace("${{ inputs.environment }}", "dev"))),
    ];
    const claims = trusts().get(`vod-${role}-dev`) ?? {};
    const at = `${dev.repository?.owner}/${dev.repository?.name}/.github/workflows`;
    expect((claims.job_workflow_ref ?? []).toSorted()).toEqual(
      files.map((file) => `${at}/${file}@refs/heads/main`).sort(),
    );
    const trusted = (claims.sub ?? []).map((subject) => /:environment:(.+)$/.exec(subject)?.[1]);
    expect([...new Set(trusted)].sort()).toEqual(environments.sort());
  },
);
