import type { AwsService } from "../../local/kernel/aws-service";
import { json } from "../json";
import { withOperations } from "../operation";

/** AWS Budgets as moto has it, but for what it takes and cannot give back: who is told of what, and tags. */
export function withKeptParts(budgets: AwsService): AwsService {
  const subscribers = new Map<string, unknown>();
  const tags = new Map<string, unknown>();
  return withOperations(budgets, {
    CreateBudget(given, passOn) {
      tags.set((given.Budget as { BudgetName: string }).BudgetName, given.ResourceTags);
      return passOn(given);
    },
    ListTagsForResource({ ResourceARN }) {
      return Promise.resolve(json(200, { ResourceTags: tags.get(String(ResourceARN).split("/").at(-1) ?? "") ?? [] }));
    },
    CreateNotification(given, passOn) {
      subscribers.set(keyOf(given), given.Subscribers);
      return passOn(given);
    },
    DescribeSubscribersForNotification(given) {
      return Promise.resolve(json(200, { Subscribers: subscribers.get(keyOf(given)) ?? [] }));
    },
  });
}

/** A notification has no name of its own: it is known by what it is about. */
function keyOf({ BudgetName, Notification }: Record<string, unknown>): string {
  const about = Object.entries(Notification as object).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([BudgetName, about.filter(([name]) => name !== "NotificationState")]);
}
