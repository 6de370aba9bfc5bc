import { readMetricAlarm } from "../../../../local/services/cloudwatch/metric-alarm";
import { MetricStore } from "../../../../local/services/cloudwatch/metric-store";

const MINUTE = 60_000;
const NOW = 60 * MINUTE;
const jobs = { namespace: "Vod", name: "JobsWaiting", dimensions: { environment: "dev" } };

function alarm(more: Record<string, unknown> = {}) {
  const values = {
    alarm_name: "backlog",
    alarm_description: "Jobs wait.",
    namespace: "Vod",
    metric_name: "JobsWaiting",
    dimensions: { environment: "dev" },
    statistic: "Maximum",
    period: 60,
    evaluation_periods: 2,
    comparison_operator: "GreaterThanThreshold",
    threshold: 5,
    treat_missing_data: "notBreaching",
    ...more,
  };
  return readMetricAlarm({
    type: "aws_cloudwatch_metric_alarm",
    name: "x",
    address: "aws_cloudwatch_metric_alarm.x",
    values,
  });
}

/** One value a minute, the last one now. */
function minutes(...values: (number | undefined)[]): MetricStore {
  const store = new MetricStore();
  values.forEach((value, index) => {
    const at = NOW - (values.length - 1 - index) * MINUTE;
    if (value !== undefined) store.put({ ...jobs, value, at });
  });
  return store;
}

test("it rings when every one of its periods is beyond the threshold", () => {
  expect(alarm().judge(minutes(6, 7), NOW)).toBe("ALARM");
  expect(alarm().judge(minutes(5, 7), NOW)).toBe("OK");
  expect(alarm().judge(minutes(9, 9, 1), NOW)).toBe("OK");
});

test("a period without data is what the alarm says it is", () => {
  expect(alarm().judge(minutes(undefined, 7), NOW)).toBe("OK");
  expect(alarm({ treat_missing_data: "breaching" }).judge(minutes(undefined, 7), NOW)).toBe("ALARM");
  expect(alarm({ treat_missing_data: "missing" }).judge(minutes(), NOW)).toBe("INSUFFICIENT_DATA");
});

test.each([
  ["GreaterThanOrEqualToThreshold", 5, "ALARM"],
  ["LessThanThreshold", 5, "OK"],
  ["LessThanOrEqualToThreshold", 5, "ALARM"],
  ["LessThanThreshold", 4, "ALARM"],
])("%s with %d is %s", (comparison_operator, value, state) => {
  expect(alarm({ comparison_operator }).judge(minutes(value, value), NOW)).toBe(state);
});

test("a formula is judged by its metrics' values in each period", () => {
  const metric = {
    namespace: "Vod",
    metric_name: "JobsWaiting",
    dimensions: { environment: "dev" },
    period: 60,
    stat: "Sum",
  };
  const share = alarm({
    evaluation_periods: 1,
    metric_query: [
      { id: "result", expression: "IF(FILL(waiting, 0) >= 3, 10 * waiting, 0)", return_data: true },
      { id: "waiting", metric, return_data: false },
    ],
  });
  expect(share.judge(minutes(3), NOW)).toBe("ALARM");
  expect(share.judge(minutes(2), NOW)).toBe("OK");
  expect(share.judge(minutes(), NOW)).toBe("OK");
});

test("a habit cannot be learnt here, so nothing departs from it", () => {
  expect(alarm({ threshold_metric_id: "habit" }).judge(minutes(9, 9), NOW)).toBe("INSUFFICIENT_DATA");
});

test("an unknown comparison is refused with its address", () => {
  expect(() => alarm({ comparison_operator: "EqualTo" })).toThrow(
    new Error(
      "aws_cloudwatch_metric_alarm.x: comparison_operator must be one of GreaterThanThreshold, GreaterThanOrEqualToThreshold, LessThanThreshold, LessThanOrEqualToThreshold, got EqualTo",
    ),
  );
});
