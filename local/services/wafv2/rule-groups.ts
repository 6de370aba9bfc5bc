import { mkdirSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { block, type Deployment } from "../../terraform/deployment";
import { ruleBlock } from "./rule-blocks";

type Values = Readonly<Record<string, unknown>>;

/** A rule group as it stands now. */
export interface RuleGroup {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly description: string;
  readonly capacity: number;
  readonly visibilityConfig: Values;
  /** As the API has them. */
  readonly rules: readonly Values[];
  /** Changes with every change. */
  readonly lockToken: string;
}

type Content = Pick<RuleGroup, "description" | "visibilityConfig" | "rules" | "lockToken">;

/** The stack's rule groups with the content that they were given beside it; it outlives a restart. */
export class RuleGroups {
  private readonly content: Map<string, Content>;
  private readonly blocks = new Map<string, readonly Values[]>();

  constructor(
    private readonly deployment: Deployment,
    private readonly file: string,
  ) {
    this.content = new Map(existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as [string, Content][]) : []);
  }

  all(): RuleGroup[] {
    return this.deployment.all("aws_wafv2_rule_group").map(({ values }) => {
      const arn = String(values.arn);
      return {
        id: String(values.id),
        name: String(values.name),
        arn,
        description: String(values.description),
        capacity: Number(values.capacity),
        visibilityConfig: visibilityOf(block(values, "visibility_config")),
        rules: [],
        lockToken: String(values.lock_token),
        ...this.content.get(arn),
      };
    });
  }

  change(arn: string, content: Content): void {
    this.content.set(arn, content);
    this.blocks.delete(arn);
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(`${this.file}.new`, JSON.stringify([...this.content]));
    renameSync(`${this.file}.new`, this.file);
  }

  /** The rules that a group was given beside the stack, as Terraform would write them; the same list until they change. */
  operatedRules(arn: string): readonly Values[] | undefined {
    const content = this.content.get(arn);
    if (!content) return undefined;
    const blocks = this.blocks.get(arn) ?? content.rules.map(ruleBlock);
    this.blocks.set(arn, blocks);
    return blocks;
  }
}

function visibilityOf(config: Values = {}): Values {
  return {
    SampledRequestsEnabled: config.sampled_requests_enabled,
    CloudWatchMetricsEnabled: config.cloudwatch_metrics_enabled,
    MetricName: config.metric_name,
  };
}
