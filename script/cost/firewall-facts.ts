import type { Resources } from "../stack-resources";

export interface Firewall {
  readonly acls: number;
  /** Rules of the firewall and of the stack's own groups; AWS's groups count as one each. */
  readonly rules: number;
  /** Groups that the stack makes. */
  readonly groups: number;
  readonly botControl: boolean;
}

interface Rule {
  readonly statement?: Readonly<Record<string, { readonly name?: string } | undefined>>;
}

export function firewallOf(resources: Resources): Firewall {
  const acls = Object.values(resources.aws_wafv2_web_acl ?? {});
  const groups = Object.values(resources.aws_wafv2_rule_group ?? {});
  const rules = [...acls, ...groups].flatMap(({ rule }) => (rule ?? []) as Rule[]);
  return {
    acls: acls.length,
    rules: rules.length,
    groups: groups.length,
    botControl: rules.some(
      ({ statement }) => statement?.managed_rule_group_statement?.name === "AWSManagedRulesBotControlRuleSet",
    ),
  };
}
