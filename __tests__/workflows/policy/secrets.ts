import { expressionsIn } from "../expressions";
import { actionOf, jobs, type Rule, steps, stepsOf, where } from "./rule";

const SECRETS = ["CDN_IDENTIFIER", "API_ORIGIN_SECRET"];
const UPLOADED = ["cdktf.out/stacks", "report/change-list.md"];
const usesSecrets = (value: unknown): boolean =>
  value !== undefined && expressionsIn(JSON.stringify(value)).some((expression) => /\bsecrets\b/.test(expression));

/** What must not leak, and what must not be run. */
export const SECRETS_AND_SHELLS: readonly Rule[] = [
  {
    id: "no-expression-in-run",
    why: "An expression is pasted into the script before the shell reads it: a branch's name becomes a command.",
    check: (all) => where(steps(all).filter(({ step }) => expressionsIn(step.run ?? "").length > 0)),
    breaks: [
      {
        file: "workflows/_drift.yml",
        from: 'drift --env "$ENVIRONMENT"',
        to: 'drift --env "${{ inputs.environment }}"',
      },
      {
        file: "actions/prepare/action.yml",
        from: 'synth -- ${ENVIRONMENT:+"$ENVIRONMENT"}',
        to: "synth -- ${{ inputs.environment }}",
      },
    ],
  },
  {
    id: "no-inherited-secrets",
    why: "`inherit` hands over every secret there is and will be.",
    check: (all) => where(jobs(all).filter(({ job }) => job.secrets === "inherit")),
    breaks: [
      {
        file: "workflows/destroy.yml",
        from: "    secrets:\n      CDN_IDENTIFIER: ${{ secrets.CDN_IDENTIFIER }}\n      API_ORIGIN_SECRET: ${{ secrets.API_ORIGIN_SECRET }}\n",
        to: "    secrets: inherit\n",
      },
    ],
  },
  {
    id: "two-secrets-by-name",
    why: "Terraform needs two values; another secret is a decision, not a detail.",
    check: ({ texts }) =>
      Object.entries(texts)
        .filter(([path]) => path.endsWith(".yml"))
        .flatMap(([path, text]) =>
          [...text.matchAll(/\bsecrets(?:\.([\w-]+)|\[)/g)]
            .filter(([, name]) => !name || !SECRETS.includes(name))
            .map(([found]) => `${path}: ${found}`),
        ),
    breaks: [
      { file: "workflows/_deploy.yml", from: "${{ secrets.CDN_IDENTIFIER }}", to: "${{ secrets.ADMIN_KEY }}" },
      { file: "workflows/_drift.yml", from: "${{ secrets.CDN_IDENTIFIER }}", to: "${{ secrets[inputs.environment] }}" },
    ],
  },
  {
    id: "secrets-reach-terraform-only",
    why: "A secret stands in the variables of the step that plans, and in no argument, job or action.",
    check: (all) => [
      ...where(
        steps(all).filter(
          ({ step }) =>
            usesSecrets(step.with) ||
            usesSecrets(step.if) ||
            Object.entries(step.env ?? {}).some(([name, value]) => usesSecrets(value) && !name.startsWith("TF_VAR_")),
        ),
      ),
      ...where(
        jobs(all).filter(({ job }) => usesSecrets(job.env) || usesSecrets(job.with) || usesSecrets(job.outputs)),
      ),
    ],
    breaks: [
      { file: "workflows/_drift.yml", from: "TF_VAR_cdn_identifier:", to: "CDN_IDENTIFIER:" },
      {
        file: "workflows/_deploy.yml",
        from: "    env:\n      ENVIRONMENT: ${{ inputs.environment }}\n",
        to: "    env:\n      ENVIRONMENT: ${{ inputs.environment }}\n      CDN: ${{ secrets.CDN_IDENTIFIER }}\n",
      },
    ],
  },
  {
    id: "no-long-lived-keys",
    why: "A stored key works for whoever copies it; a role is taken on for an hour.",
    check: ({ texts }) =>
      Object.entries(texts).flatMap(([path, text]) =>
        path.endsWith(".yml") &&
        /aws-access-key-id|aws-secret-access-key|AWS_ACCESS_KEY_ID|AWS_SECRET_ACCESS_KEY/.test(text)
          ? [path]
          : [],
      ),
    breaks: [
      {
        file: "actions/assume-role/action.yml",
        from: "        unset-current-credentials: true\n",
        to: "        unset-current-credentials: true\n        aws-access-key-id: AKIAEXAMPLE\n",
      },
    ],
  },
  {
    id: "one-way-to-a-role",
    why: "The action compares the account first and names the role by environment; no job goes round it.",
    check: (all) =>
      where(
        steps(all).filter(
          ({ step, where: place }) =>
            actionOf(step) === "aws-actions/configure-aws-credentials" &&
            (!place.startsWith("action assume-role") ||
              step.with?.["role-to-assume"] !==
                "arn:aws:iam::${{ inputs.account }}:role/vod-${{ inputs.role }}-${{ inputs.environment }}"),
        ),
      ),
    breaks: [
      {
        file: "actions/assume-role/action.yml",
        from: "role/vod-${{ inputs.role }}-${{ inputs.environment }}",
        to: "role/admin",
      },
    ],
  },
  {
    id: "plans-are-no-artifacts",
    why: "A plan file holds secrets in clear, and whoever may read the repository may download an artifact.",
    check: (all) =>
      where(
        steps(all).filter(
          ({ step }) => actionOf(step) === "actions/upload-artifact" && !UPLOADED.includes(String(step.with?.path)),
        ),
      ),
    breaks: [{ file: "workflows/_plan.yml", from: "path: report/change-list.md", to: "path: .local/gitops" }],
  },
  {
    id: "artifacts-end",
    why: "An artifact that is not there is an error, and one that is there goes after a month.",
    check: (all) =>
      where(
        steps(all).filter(
          ({ step }) =>
            actionOf(step) === "actions/upload-artifact" &&
            !(step.with?.["if-no-files-found"] === "error" && Number(step.with?.["retention-days"]) <= 30),
        ),
      ),
    breaks: [
      { file: "workflows/plan.yml", from: "          retention-days: 7\n", to: "" },
      { file: "workflows/_plan.yml", from: "if-no-files-found: error", to: "if-no-files-found: warn" },
    ],
  },
  {
    id: "nothing-traced",
    why: "Tracing prints commands with their values, and Terraform's log prints requests.",
    check: ({ texts }) =>
      Object.entries(texts).flatMap(([path, text]) =>
        path.endsWith(".yml") && /\bset -\w*x|\bTF_LOG\b|ACTIONS_STEP_DEBUG|terraform_wrapper: true/.test(text)
          ? [path]
          : [],
      ),
    breaks: [
      { file: "workflows/_deploy.yml", from: "          status=0\n", to: "          set -x\n          status=0\n" },
      { file: "actions/prepare/action.yml", from: "terraform_wrapper: false", to: "terraform_wrapper: true" },
    ],
  },
  {
    id: "gate-before-credentials",
    why: "The pull request's stack is judged while there is nothing to take, against main's.",
    check: (all) =>
      jobs(all)
        .filter(({ file, job }) => file === "_plan.yml" && job.steps?.some(({ run }) => run?.includes("cli.ts plan")))
        .flatMap((placed) => {
          const all = stepsOf(placed);
          const gate = all.findIndex(
            ({ step }) => /gate\.ts "\$HEAD" --base "cdktf\.out\//.test(step.run ?? "") && step.if === undefined,
          );
          const role = all.findIndex(({ step }) => step.uses === "./.github/actions/assume-role");
          return gate >= 0 && gate < role ? [] : [placed.where];
        }),
    breaks: [
      { file: "workflows/_plan.yml", from: ' --base "cdktf.out/stacks/vod-$ENVIRONMENT/cdk.tf.json"', to: "" },
      {
        file: "workflows/_plan.yml",
        from: "      - name: Gate\n",
        to: "      - name: Gate\n        if: inputs.environment == 'prod'\n",
      },
      {
        file: "workflows/_plan.yml",
        from: "      - name: Gate\n",
        to: "      - uses: ./.github/actions/assume-role\n        with: { role: plan, environment: dev, account: '1' }\n      - name: Gate\n",
      },
    ],
  },
  {
    id: "pull-request-files-are-data",
    why: "Of what the pull request synthesised one JSON is read, by the gate and by Terraform; nothing of it runs.",
    check: (all) =>
      jobs(all)
        .filter(({ file }) => file === "_plan.yml")
        .flatMap(stepsOf)
        .filter(({ step }) => /\bhead\b|\$HEAD/.test((step.run ?? "").replaceAll(/(gate\.ts|--stack) "\$HEAD"/g, "")))
        .map((place) => place.where),
    breaks: [
      {
        file: "workflows/_plan.yml",
        from: "          tree=$(gh api",
        to: "          bash head/run.sh\n          tree=$(gh api",
      },
    ],
  },
];
