import { BudgetsBudget, type BudgetsBudgetNotification } from "@cdktf/provider-aws/lib/budgets-budget";
import { Construct } from "constructs";
import type { Environment } from "../../environments/environment";
import type { Unwatched } from "./alarm";
import type { Notifications } from "./notifications";

/** A month's cost of what carries the environment's tag. */
export class Budget extends Construct {
  readonly unwatched: readonly Unwatched[];

  constructor(scope: Construct, id: string, environment: Environment, { operators }: Notifications) {
    super(scope, id);
    const { budgetDollars } = environment.operate;
    this.unwatched =
      budgetDollars === undefined ? [{ name: "budget", reason: "operate.budgetDollars is not set" }] : [];
    if (budgetDollars === undefined) return;
    const at = (threshold: number, notificationType: "ACTUAL" | "FORECASTED"): BudgetsBudgetNotification => ({
      comparisonOperator: "GREATER_THAN",
      threshold,
      thresholdType: "PERCENTAGE",
      notificationType,
      subscriberSnsTopicArns: [operators.arn],
    });
    new BudgetsBudget(this, "budget", {
      name: `vod-budget-${environment.name}`,
      budgetType: "COST",
      timeUnit: "MONTHLY",
      limitAmount: String(budgetDollars),
      limitUnit: "USD",
      // https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create-filters.html
      costFilter: [{ name: "TagKeyValue", values: [`user:env$${environment.name}`] }],
      notification: [at(80, "ACTUAL"), at(100, "FORECASTED")],
    });
  }
}
