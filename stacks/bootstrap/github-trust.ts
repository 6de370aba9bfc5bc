import type { Repository } from "../../environments/environment";
import { policyDocument, type Statement } from "../shared/policy";

/** Issuer of GitHub's tokens, without the scheme, as condition keys name it. */
export const GITHUB_ISSUER = "token.actions.githubusercontent.com";
export const AUDIENCE = "sts.amazonaws.com";

/** Which jobs of the repository may take a role. */
export interface Jobs {
  /** Names of GitHub environments, one of which the job must be in. */
  readonly environments: readonly string[];
  /** File names of reusable workflows that check out main's code, whoever calls them. */
  readonly forAnyBranch?: readonly string[];
  /** File names of reusable workflows that check out what their caller runs for: trusted when that is `main` alone. */
  readonly forMain?: readonly string[];
}

/**
 * Who may take a role: jobs of one repository, told by its number, in a given environment, written in a given file on
 * `main`; and run for `main`, where the file runs its caller's code. All of it must hold. STS knows these claims:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#condition-keys-wif
 */
export function githubTrust(provider: string, repository: Repository, jobs: Jobs): string {
  const { environments, forAnyBranch = [], forMain = [] } = jobs;
  const trust = (workflows: readonly string[], more: Readonly<Record<string, string>> = {}): Statement[] =>
    workflows.length === 0 ? [] : [statement(provider, repository, environments, workflows, more)];
  return policyDocument([...trust(forAnyBranch), ...trust(forMain, { [`${GITHUB_ISSUER}:ref`]: MAIN })]);
}

const MAIN = "refs/heads/main";

function statement(
  provider: string,
  repository: Repository,
  environments: readonly string[],
  workflows: readonly string[],
  more: Readonly<Record<string, string>>,
): Statement {
  const { owner, name, id } = repository;
  const folder = `${owner}/${name}/.github/workflows`;
  return {
    Effect: "Allow",
    Action: "sts:AssumeRoleWithWebIdentity",
    Principal: { Federated: provider },
    Condition: {
      StringEquals: {
        [`${GITHUB_ISSUER}:aud`]: AUDIENCE,
        [`${GITHUB_ISSUER}:repository_id`]: id,
        [`${GITHUB_ISSUER}:sub`]: environments.flatMap((environment) => subjects(repository, environment)),
        [`${GITHUB_ISSUER}:job_workflow_ref`]: workflows.map((file) => `${folder}/${file}@${MAIN}`),
        ...more,
      },
    },
  };
}

/**
 * Subject of a job in an environment, in both forms that GitHub writes: repositories made, renamed or moved since
 * 15 July 2026 have the one with numbers (https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims).
 */
function subjects({ owner, ownerId, name, id }: Repository, environment: string): string[] {
  return [`repo:${owner}/${name}`, `repo:${owner}@${ownerId}/${name}@${id}`].map(
    (repository) => `${repository}:environment:${environment}`,
  );
}
