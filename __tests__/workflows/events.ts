import { DEPLOYABLE } from "../../environments/environment";
import { loadEnvironment } from "../../environments/load";
import type { Event } from "./simulate";

export const REPOSITORY = "example-org/vod-platform";

const common = {
  repository: REPOSITORY,
  sha: "c0ffee0000000000000000000000000000000001",
  ref: "refs/heads/main",
  run_id: "4711",
  actor: "alice",
  server_url: "https://github.com",
  workspace: "/workspace",
};

/** The repository's variables, as the environments' files have them. */
const ALL = DEPLOYABLE.map((name) => [`VOD_ACCOUNT_${name.toUpperCase()}`, loadEnvironment(name).account] as const);

/** Values that must appear nowhere but in the variables of the step that plans. */
export const SECRETS = { CDN_IDENTIFIER: "canary-cdn-identifier", API_ORIGIN_SECRET: "canary-api-origin-secret" };

const secrets = Object.fromEntries(["dev", "staging", "prod"].map((name) => [`${name}-plan`, SECRETS]));

interface Given {
  /** Environments that were bootstrapped; all three unless given. */
  readonly only?: readonly ("DEV" | "STAGING" | "PROD")[];
  readonly rejected?: readonly string[];
}

const vars = ({ only }: Given): Event["vars"] =>
  Object.fromEntries(ALL.filter(([name]) => !only || only.some((each) => name.endsWith(each))));

function pullRequestFrom(from: string, login: string, given: Given): Event {
  const pullRequest = { number: 12, head: { repo: { full_name: from } }, user: { login } };
  return {
    name: "pull_request",
    github: { ...common, ref: "refs/pull/12/merge", event: { pull_request: pullRequest } },
    vars: vars(given),
    secrets,
  };
}

export const pullRequest = (given: Given = {}): Event => pullRequestFrom(REPOSITORY, "alice", given);

export const dependabot = (given: Given = {}): Event => pullRequestFrom(REPOSITORY, "dependabot[bot]", given);

/** Variables of the repository are there in a fork's run too; its token, identity and secrets are not. */
export const forkPullRequest = (given: Given = {}): Event => ({
  ...pullRequestFrom("mallory/vod-platform", "mallory", given),
  fork: true,
});

export const merge = (given: Given = {}): Event => ({
  name: "push",
  github: { ...common, event: {} },
  vars: vars(given),
  secrets,
  rejected: given.rejected,
});

export const schedule = (given: Given = {}): Event => ({
  name: "schedule",
  github: { ...common, event: {} },
  vars: vars(given),
  secrets,
});

export const dispatch = (inputs: Event["inputs"] = {}, given: Given & { readonly ref?: string } = {}): Event => ({
  name: "workflow_dispatch",
  github: { ...common, ref: given.ref ?? common.ref, event: {} },
  vars: vars(given),
  secrets,
  inputs,
  rejected: given.rejected,
});
