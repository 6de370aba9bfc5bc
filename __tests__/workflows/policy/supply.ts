import { actionOf, files, isCheckout, jobs, type Rule, steps, where } from "./rule";

const PINNED = /^[\w.-]+\/[\w.-]+@([0-9a-f]{40})$/;
const PIN_LINE = /^\s*(?:- )?uses: ([\w.-]+\/[\w.-]+)@([0-9a-f]{40})(?: # (v\d+\.\d+\.\d+))?\s*$/gm;
const PUBLISHERS = ["actions", "aws-actions", "hashicorp"];

/** What runs besides the repository's own code. */
export const SUPPLY: readonly Rule[] = [
  {
    id: "pinned-to-a-commit",
    why: "A tag can be moved to other code; a full SHA cannot.",
    check: (all) =>
      where(steps(all).filter(({ step }) => step.uses && !step.uses.startsWith("./") && !PINNED.test(step.uses))),
    breaks: [
      {
        file: "workflows/ci.yml",
        from: "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683",
        to: "actions/checkout@v4",
      },
      {
        file: "actions/prepare/action.yml",
        from: "hashicorp/setup-terraform@651471c36a6092792c552e8b1bef71e592b462d8",
        to: "hashicorp/setup-terraform@651471c36a60",
      },
    ],
  },
  {
    id: "version-beside-the-pin",
    why: "A reader cannot tell a SHA's version, and Dependabot keeps the comment fresh.",
    check: ({ texts }) => pins(texts).flatMap(({ path, action, version }) => (version ? [] : [`${path}: ${action}`])),
    breaks: [{ file: "workflows/_drift.yml", from: " # v4.2.2", to: "" }],
  },
  {
    id: "pins-on-the-list",
    why: "Every SHA was seen in a named public place, and one version of an action is used everywhere.",
    check: ({ texts }) => {
      const list = (texts["actions.lock.md"] ?? "").replaceAll(/ +/g, " ");
      return pins(texts)
        .filter(({ action, sha, version }) => !list.includes(`| ${action} | ${version} | \`${sha}\` |`))
        .map(({ path, action, sha }) => `${path}: ${action}@${sha}`);
    },
    breaks: [
      {
        file: "workflows/ci.yml",
        from: "11bd71901bbe5b1630ceea73d27597364c9af683",
        to: "11bd71901bbe5b1630ceea73d27597364c9af684",
      },
      { file: "workflows/ci.yml", from: "# v4.2.2", to: "# v4.2.3" },
    ],
  },
  {
    id: "known-publishers",
    why: "GitHub, AWS and HashiCorp are trusted already; nobody else needs to be.",
    check: (all) =>
      where(
        steps(all).filter(
          ({ step }) =>
            step.uses && !step.uses.startsWith("./") && !PUBLISHERS.includes(actionOf(step).split("/")[0] ?? ""),
        ),
      ),
    breaks: [
      { file: "workflows/plan.yml", from: "uses: actions/upload-artifact@", to: "uses: example/upload-artifact@" },
    ],
  },
  {
    id: "checkout-keeps-no-token",
    why: "A token left in .git/config is there for everything that runs later.",
    check: (all) =>
      where(steps(all).filter(({ step }) => isCheckout(step) && step.with?.["persist-credentials"] !== false)),
    breaks: [
      { file: "workflows/_deploy.yml", from: "          persist-credentials: false\n", to: "" },
      { file: "workflows/plan.yml", from: "persist-credentials: false", to: "persist-credentials: true" },
    ],
  },
  {
    id: "no-cache",
    why: "A cache written by an unread pull request is read by main.",
    check: (all) =>
      where(steps(all).filter(({ step }) => /^actions\/cache/.test(step.uses ?? "") || step.with?.cache !== undefined)),
    breaks: [
      {
        file: "actions/prepare/action.yml",
        from: '        node-version: "22"',
        to: '        node-version: "22"\n        cache: npm',
      },
    ],
  },
  {
    id: "no-install-scripts",
    why: "Scripts of packages have no business where a role will be taken on.",
    check: (all) =>
      steps(all)
        .filter(
          ({ step, of }) =>
            /\bnpm (ci|install|i)\b(?!.*--ignore-scripts)/.test(step.run ?? "") && of?.file !== "ci.yml",
        )
        .map((place) => place.where),
    breaks: [{ file: "actions/prepare/action.yml", from: "npm ci --ignore-scripts", to: "npm ci" }],
  },
  {
    id: "nothing-fetched-by-run",
    why: "What npx or curl fetches is on no lock file.",
    check: (all) =>
      where(
        steps(all).filter(
          ({ step }) =>
            /\bcurl\b|\bwget\b|\bpip3? install\b/.test(step.run ?? "") ||
            /\bnpx (?!--no-install )/.test(step.run ?? ""),
        ),
      ),
    breaks: [
      { file: "workflows/_drift.yml", from: "npx --no-install tsx", to: "npx tsx" },
      { file: "workflows/ci.yml", from: "run: bash .ci/run", to: "run: curl -s https://example.com/run | bash" },
    ],
  },
  {
    id: "hosted-and-named-runners",
    why: "A self-hosted runner outlives a pull request, and `latest` changes by itself.",
    check: (all) => where(jobs(all).filter(({ job }) => job.steps && job["runs-on"] !== "ubuntu-24.04")),
    breaks: [
      { file: "workflows/ci.yml", from: "runs-on: ubuntu-24.04", to: "runs-on: self-hosted" },
      { file: "workflows/plan.yml", from: "runs-on: ubuntu-24.04", to: "runs-on: ubuntu-latest" },
    ],
  },
  {
    id: "timeouts",
    why: "A job that hangs holds the environment's place in the queue, for six hours by default.",
    check: (all) =>
      where(jobs(all).filter(({ job }) => job.steps && !(job["timeout-minutes"] && job["timeout-minutes"] <= 90))),
    breaks: [
      { file: "workflows/_deploy.yml", from: "    timeout-minutes: 60\n", to: "" },
      { file: "workflows/_drift.yml", from: "timeout-minutes: 30", to: "timeout-minutes: 360" },
    ],
  },
  {
    id: "pipes-that-fail",
    why: "Without a named shell a pipe's status is its last command's, and a failure before it passes.",
    check: (all) => [
      ...files(all).flatMap(([file, { jobs: each, defaults }]) =>
        Object.values(each).some(({ steps: some }) => some?.some(({ run }) => run)) && defaults?.run?.shell !== "bash"
          ? [file]
          : [],
      ),
      ...where(steps(all).filter(({ step, of }) => step.run && !of && step.shell !== "bash")),
    ],
    breaks: [
      { file: "workflows/_plan.yml", from: "    shell: bash\n", to: "    shell: sh\n" },
      {
        file: "actions/prepare/action.yml",
        from: "      shell: bash\n      run: npm ci",
        to: "      shell: sh\n      run: npm ci",
      },
    ],
  },
  {
    id: "failures-are-failures",
    why: "A step that may fail is a check that nobody notices.",
    check: (all) =>
      where(
        steps(all).filter(
          ({ step }) => step["continue-on-error"] !== undefined || /\|\| (true|:)\s*$/m.test(step.run ?? ""),
        ),
      ),
    breaks: [
      {
        file: "workflows/_plan.yml",
        from: "      - name: Gate\n",
        to: "      - name: Gate\n        continue-on-error: true\n",
      },
      { file: "workflows/_drift.yml", from: 'drift --env "$ENVIRONMENT"', to: 'drift --env "$ENVIRONMENT" || true' },
    ],
  },
];

interface Pin {
  readonly path: string;
  readonly action: string;
  readonly sha: string;
  readonly version?: string;
}

function pins(texts: Readonly<Record<string, string>>): Pin[] {
  return Object.entries(texts)
    .filter(([path]) => path.endsWith(".yml"))
    .flatMap(([path, text]) =>
      [...text.matchAll(PIN_LINE)].map(([, action = "", sha = "", version]) => ({ path, action, sha, version })),
    );
}
