import { withKeptParts } from "../../../emulator/budgets/kept-parts";
import { operation, passedOn } from "../passed-on";

test("subscribers are given back for the notification that they were sent with, however it is written", async () => {
  const { moto, passed } = passedOn("budgets");
  const service = withKeptParts(moto);
  const Subscribers = [{ SubscriptionType: "SNS", Address: "arn:aws:sns:eu-west-1:111111111111:a" }];
  const of = (Notification: object) => ({ BudgetName: "vod", Notification });
  await operation(service, "CreateNotification", { ...of({ NotificationType: "ACTUAL", Threshold: 80 }), Subscribers });
  expect(passed).toHaveLength(1);
  const asked = of({ Threshold: 80, NotificationType: "ACTUAL", NotificationState: "OK" });
  expect(await operation(service, "DescribeSubscribersForNotification", asked)).toEqual({ Subscribers });
  const other = of({ Threshold: 100, NotificationType: "ACTUAL" });
  expect(await operation(service, "DescribeSubscribersForNotification", other)).toEqual({ Subscribers: [] });
});

test("a budget's tags are given back", async () => {
  const { moto, passed } = passedOn("budgets");
  const service = withKeptParts(moto);
  const ResourceTags = [{ Key: "owner", Value: "a" }];
  await operation(service, "CreateBudget", { Budget: { BudgetName: "vod" }, ResourceTags });
  expect(passed).toHaveLength(1);
  const tagsOf = (name: string) =>
    operation(service, "ListTagsForResource", { ResourceARN: `arn:aws:budgets::111111111111:budget/${name}` });
  expect(await tagsOf("vod")).toEqual({ ResourceTags });
  expect(await tagsOf("other")).toEqual({ ResourceTags: [] });
});
