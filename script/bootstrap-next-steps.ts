import type { Environment } from "../environments/environment";

/** What is left to do at GitHub once an environment's account is prepared. */
export function nextSteps({ name, account, repository }: Environment): string {
  const apply = `npx tsx script/gitops/cli.ts plan --env ${name}`;
  if (!repository) {
    return `environments/${name}.json names no repository, so no workflow may deploy. By hand: ${apply}, see docs/gitops.md`;
  }
  const at = `${repository.owner}/${repository.name}`;
  const secret = (secretName: string): string => `gh secret set ${secretName} --repo ${at} --env ${name}-plan`;
  return [
    `Next, at GitHub (docs/getting-started.md says why):`,
    "",
    `  1. The repository variable that switches the environment on:`,
    `       gh variable set VOD_ACCOUNT_${name.toUpperCase()} --repo ${at} --body ${account}`,
    `  2. Three environments: ${name}-plan (open to pull requests), ${name} and ${name}-mismatch`,
    `     (main only, with required reviewers).`,
    `  3. The two secrets of the environment ${name}-plan; keep them, every plan needs the same:`,
    `       uuidgen | ${secret("CDN_IDENTIFIER")}`,
    `       openssl rand -hex 24 | ${secret("API_ORIGIN_SECRET")}`,
    "",
    `A pull request then shows its plan for ${name}, and a merge applies it.`,
  ].join("\n");
}
