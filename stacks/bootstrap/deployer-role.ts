import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { policyDocument, type Statement } from "../shared/policy";

export interface DeployerRoleProps {
  readonly environment: Environment;
  readonly description: string;
  /** Its trust policy. */
  readonly trust: string;
  /** By name, since a managed policy holds 6,144 characters at most: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  readonly policies: Policies;
}

export type Policies = Readonly<Record<string, readonly Statement[]>>;

/** A role that workflows take, with managed policies of its own. */
export class DeployerRole extends Construct {
  constructor(scope: Construct, name: string, { environment, description, trust, policies }: DeployerRoleProps) {
    super(scope, `${name}-role`);
    const role = new IamRole(this, name, {
      name: deployerName(environment, name),
      description,
      assumeRolePolicy: trust,
      maxSessionDuration: 3600,
    });
    for (const [group, statements] of Object.entries(policies)) {
      const policy = new IamPolicy(this, `${name}_${group}`, {
        name: `vod-${name}-${group}-${environment.name}`,
        policy: policyDocument(statements),
      });
      new IamRolePolicyAttachment(this, `${name}_${group}:attachment`, { role: role.name, policyArn: policy.arn });
    }
  }
}

export const DEPLOYERS = ["plan", "upload", "apply"] as const;

export function deployerName({ name: environment }: Environment, name: string): string {
  return `vod-${name}-${environment}`;
}

/** Known before the role exists, so that policies and workflows can name it. */
export function deployerArn(environment: Environment, name: (typeof DEPLOYERS)[number]): string {
  return `arn:aws:iam::${environment.account}:role/${deployerName(environment, name)}`;
}
