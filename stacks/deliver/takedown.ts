import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Wafv2RuleGroup } from "@cdktf/provider-aws/lib/wafv2-rule-group";
import type { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import { takedownGroupName } from "./names";

/** Titles that can be blocked at once. */
const TITLES = 16;
/**
 * Of one title's rule: a regular expression costs 3 units, each of two text transformations 10.
 * https://docs.aws.amazon.com/waf/latest/developerguide/waf-rule-statement-type-regex-match.html
 */
const UNITS_A_TITLE = 23;

/** Units of the group. AWS fixes them when it is made: another number is another group, which starts empty. */
export const TAKEDOWN_CAPACITY = TITLES * UNITS_A_TITLE;

/**
 * The group of rules that blocks withdrawn titles. Its content is operated by `npm run titles`, not planned: the plan
 * makes it empty and never looks at its rules again, so a takedown is no drift and no apply undoes it.
 */
export function takedownGroup(scope: Construct, environment: Environment, provider: AwsProvider): Wafv2RuleGroup {
  return new Wafv2RuleGroup(scope, "takedown", {
    provider,
    name: takedownGroupName(environment.name),
    description: "Withdrawn titles; operated, not planned",
    scope: "CLOUDFRONT",
    capacity: TAKEDOWN_CAPACITY,
    visibilityConfig: {
      cloudwatchMetricsEnabled: true,
      metricName: takedownGroupName(environment.name),
      sampledRequestsEnabled: false, // samples show tokens and cookies
    },
    lifecycle: { createBeforeDestroy: true, ignoreChanges: ["rule"] },
  });
}
