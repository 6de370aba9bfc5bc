import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createCloudWatch } from "../../../../local/services/cloudwatch/cloudwatch";
import { deploymentOf, manualTime, temporaryDirectory } from "../test-kit";

const parked = {
  alarm_name: "parked",
  alarm_description: "An event waits.",
  namespace: "AWS/SQS",
  metric_name: "ApproximateNumberOfMessagesVisible",
  dimensions: { QueueName: "dead-letters" },
  statistic: "Maximum",
  period: 60,
  evaluation_periods: 1,
  comparison_operator: "GreaterThanThreshold",
  threshold: 0,
  treat_missing_data: "notBreaching",
};

const directory = temporaryDirectory();
let files = 0;

function started(rule = 'ALARM("parked")') {
  const time = manualTime();
  const depths = { "dead-letters": 0 };
  const file = join(directory, `cloudwatch-${(files += 1)}`, "alarms.jsonl");
  const cloudWatch = createCloudWatch({
    deployment: deploymentOf({
      "aws_cloudwatch_metric_alarm.parked": parked,
      "aws_cloudwatch_composite_alarm.page": { alarm_name: "page", alarm_description: "Wake up.", alarm_rule: rule },
    }),
    file,
    ...time,
    queueDepths: () => depths,
  });
  const noted = () =>
    existsSync(file)
      ? readFileSync(file, "utf8").trim().split("\n").map((line) => JSON.parse(line) as { alarm: string; state: string }) // prettier-ignore
      : [];
  return { cloudWatch, time, depths, noted };
}

test("an alarm that rings is noted with what it says, the one that pages with it, and so is its end", async () => {
  const { cloudWatch, time, depths, noted } = started();
  cloudWatch.start();
  await time.advance(10_000);
  expect(noted()).toEqual([]);
  depths["dead-letters"] = 1;
  await time.advance(5_000);
  expect(noted()).toEqual([
    { time: "2026-01-02T03:04:20.000Z", alarm: "parked", state: "ALARM", description: "An event waits." },
    { time: "2026-01-02T03:04:20.000Z", alarm: "page", state: "ALARM", description: "Wake up." },
  ]);
  depths["dead-letters"] = 0;
  await time.advance(120_000);
  expect(noted().slice(2).map(({ alarm, state }) => [alarm, state])).toEqual([["parked", "OK"], ["page", "OK"]]); // prettier-ignore
  cloudWatch.stop();
  expect(time.pending()).toEqual([]);
});

test("a handler's line is measured, and alarms can be asked for at any time", () => {
  const { cloudWatch } = started();
  cloudWatch.logged("START");
  expect(cloudWatch.alarms().map(({ name, state }) => [name, state])).toEqual([["parked", "OK"], ["page", "OK"]]); // prettier-ignore
});

test("a joined alarm that names none of the stack is refused", () => {
  expect(() => started('ALARM("other")')).toThrow(
    new Error(
      'aws_cloudwatch_composite_alarm.page: alarm_rule must be ALARM("<alarm of the stack>") joined by OR, got ALARM("other")',
    ),
  );
});
