import {
  GetRuleGroupCommand,
  ListRuleGroupsCommand,
  UpdateRuleGroupCommand,
  WAFLimitsExceededException,
  WAFOptimisticLockException,
  type Rule,
  type RuleGroup,
  type RuleGroupSummary,
  type WAFV2Client,
} from "@aws-sdk/client-wafv2";

/** Rounds of read and write before giving up; each lost round means that somebody else changed the group. */
const ROUNDS = 5;
const SCOPE = "CLOUDFRONT";

/** Priorities follow the order. */
type Unranked = Omit<Rule, "Priority">;

/** The firewall's takedown group: one rule a title, named by it. */
export class BlockedTitles {
  constructor(
    private readonly client: WAFV2Client,
    private readonly groupName: string,
  ) {}

  async list(): Promise<string[]> {
    const { group } = await this.read();
    return (group.Rules ?? []).map(({ Name }) => Name ?? "");
  }

  /** Blocks a title, or blocks it anew as it stands now. */
  async block(rule: Unranked): Promise<void> {
    await this.change((rules) => [...rules.filter(({ Name }) => Name !== rule.Name), rule]);
  }

  /** @returns whether it was blocked. */
  async unblock(assetId: string): Promise<boolean> {
    return this.change((rules) => {
      const rest = rules.filter(({ Name }) => Name !== assetId);
      return rest.length < rules.length ? rest : undefined;
    });
  }

  /** @returns whether there was anything to change. */
  private async change(next: (rules: readonly Rule[]) => readonly Unranked[] | undefined): Promise<boolean> {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { summary, group, lockToken } = await this.read();
      const wanted = next(group.Rules ?? []);
      if (!wanted) return false;
      const rules = wanted.map((rule, Priority) => ({ ...rule, Priority }));
      if (await this.wrote(summary, group, rules, lockToken)) return true;
    }
    throw new Error(
      `rule group ${this.groupName}: changed under ${ROUNDS} writes in a row; wait for whoever else works on it, then run this again`,
    );
  }

  private async wrote({ Id, Name }: RuleGroupSummary, group: RuleGroup, rules: Rule[], lockToken?: string) {
    const { Description, VisibilityConfig } = group;
    const content = {
      Id,
      Name,
      Scope: SCOPE,
      Description,
      VisibilityConfig,
      Rules: rules,
      LockToken: lockToken,
    } as const;
    try {
      await this.client.send(new UpdateRuleGroupCommand(content));
      return true;
    } catch (error) {
      if (error instanceof WAFOptimisticLockException) return false;
      if (!(error instanceof WAFLimitsExceededException)) throw error;
      throw new Error(
        `rule group ${this.groupName}: full with ${group.Rules?.length ?? 0} titles (${group.Capacity} units); ` +
          "unblock one whose cookies have ended, since the mint refuses it anyway",
      );
    }
  }

  private async read(): Promise<{ summary: RuleGroupSummary; group: RuleGroup; lockToken?: string }> {
    const summary = await this.find();
    const { Id, Name } = summary;
    const { RuleGroup, LockToken } = await this.client.send(new GetRuleGroupCommand({ Id, Name, Scope: SCOPE }));
    if (!RuleGroup) throw new Error(`rule group ${this.groupName}: AWS gave no content; run this again`);
    return { summary, group: RuleGroup, lockToken: LockToken };
  }

  private async find(): Promise<RuleGroupSummary> {
    let marker: string | undefined;
    do {
      const { RuleGroups = [], NextMarker } = await this.client.send(
        new ListRuleGroupsCommand({ Scope: SCOPE, NextMarker: marker }),
      );
      const found = RuleGroups.find(({ Name }) => Name === this.groupName);
      if (found) return found;
      marker = NextMarker;
    } while (marker);
    throw new Error(
      `rule group ${this.groupName}: the account has none of this name in us-east-1; apply the stack first, or use the environment's own credentials`,
    );
  }
}
