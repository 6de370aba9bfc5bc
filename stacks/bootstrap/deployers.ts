import { IamOpenidConnectProvider } from "@cdktf/provider-aws/lib/iam-openid-connect-provider";
import { Construct } from "constructs";
import type { Environment, Repository } from "../../environments/environment";
import { compute } from "./access/compute";
import { edge } from "./access/edge";
import { type Grant, toChange, toRead } from "./access/grant";
import { neverChange, neverRead } from "./access/limits";
import { media } from "./access/media";
import { storage } from "./access/storage";
import { applyStores, planStores, uploadStores, type Stores } from "./access/stores";
import { type DEPLOYERS, DeployerRole, type Policies } from "./deployer-role";
import { AUDIENCE, GITHUB_ISSUER, githubTrust, type Jobs } from "./github-trust";

export interface DeployersProps extends Stores {
  readonly repository: Repository;
}

/** Everything that the workload's resources take, in parts that fit a managed policy each. */
export const ACCESS: Readonly<Record<string, (environment: Environment) => Grant[]>> = {
  storage,
  compute,
  edge,
  media,
};

/** The three roles that the repository's workflows take: plan reads, upload adds, apply changes. No key lives long. */
export class Deployers extends Construct {
  constructor(scope: Construct, id: string, props: DeployersProps) {
    super(scope, id);
    const { environment, repository, stateKeyArn } = props;
    const provider = this.provider(props);
    const jobs = jobsOf(environment);
    const role = (name: (typeof DEPLOYERS)[number], description: string, policies: Policies): void => {
      new DeployerRole(this, name, {
        environment,
        description,
        trust: githubTrust(provider, repository, jobs[name]),
        policies,
      });
    };
    const parts = Object.entries(ACCESS).map(([part, grants]) => [part, grants(environment)] as const);
    role("plan", "Reads what Terraform refreshes; changes nothing", {
      ...Object.fromEntries(parts.map(([part, grants]) => [part, toRead(grants)])),
      stores: [...planStores(props), ...neverRead(environment)],
    });
    role("upload", "Adds zips, page files and reviews to the artifacts; overwrites and deletes nothing", {
      stores: uploadStores(props),
    });
    role("apply", "Applies the plan that was approved", {
      ...Object.fromEntries(parts.map(([part, grants]) => [part, toChange(grants)])),
      stores: [...applyStores(props), ...neverRead(environment)],
      limits: neverChange(environment, stateKeyArn),
    });
  }

  /** ARN of the account's provider for GitHub: made here, or there already. */
  private provider({ environment, repository }: DeployersProps): string {
    if (repository.oidcProvider === "existing") {
      return `arn:aws:iam::${environment.account}:oidc-provider/${GITHUB_ISSUER}`;
    }
    // Without thumbprints: IAM trusts GitHub's certificate authorities by itself.
    return new IamOpenidConnectProvider(this, "github", {
      url: `https://${GITHUB_ISSUER}`,
      clientIdList: [AUDIENCE],
    }).arn;
  }
}

/**
 * Which jobs may take which role. A pull request can call `_plan.yml` of main and hand it a synthesised stack, not a
 * command; the others run the code of whoever calls them, so they are trusted when they run for main.
 */
function jobsOf({ name }: Environment): Record<(typeof DEPLOYERS)[number], Jobs> {
  const environments = [`${name}-plan`];
  return {
    plan: { environments, forAnyBranch: ["_plan.yml"], forMain: ["_deploy.yml", "_drift.yml"] },
    upload: { environments, forAnyBranch: ["_plan.yml"], forMain: ["_deploy.yml"] },
    apply: { environments: [name], forMain: ["_deploy.yml"] },
  };
}
