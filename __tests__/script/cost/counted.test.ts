import { cacheLife, shielded } from "../../../script/cost/edge-facts";
import { firewallOf } from "../../../script/cost/firewall-facts";
import { renditions } from "../../../script/cost/outputs";
import { schedules } from "../../../script/cost/schedules";
import type { Resources } from "../../../script/stack-resources";
import { watched } from "../../../script/cost/watched";

const scheduled = (schedule_expression: string): Resources => ({
  aws_cloudwatch_event_rule: { poll: { schedule_expression }, upload: { event_pattern: "{}" } },
  aws_cloudwatch_event_target: { poll: { arn: "${aws_lambda_function.ask.arn}" } },
  aws_lambda_function: { ask: { memory_size: 256 } },
});

test.each([
  ["rate(1 minute)", 43_800],
  ["rate(5 minutes)", 8_760],
  ["rate(12 hours)", 730 / 12],
  ["rate(1 day)", 730 / 24],
])("%s calls its function %d times a month", (expression, callsAMonth) => {
  expect(schedules(scheduled(expression))).toEqual([{ handler: "ask", callsAMonth, megabytes: 256 }]);
});

test("a schedule that cannot be counted is named", () => {
  expect(() => schedules(scheduled("cron(0 4 * * ? *)"))).toThrow(
    new Error(
      'aws_cloudwatch_event_rule.poll: only rate(N minutes|hours|days) can be counted, got "cron(0 4 * * ? *)"',
    ),
  );
  expect(() => schedules({ ...scheduled("rate(1 day)"), aws_lambda_function: {} })).toThrow(
    new Error("aws_cloudwatch_event_rule.poll calls no function: ${aws_lambda_function.ask.arn}"),
  );
});

test("alarms count by the metrics they read, a band as two more, and metrics of our own once each", () => {
  const own = { metric: { namespace: "Vod", metric_name: "Refused" } };
  const edge = { metric: { namespace: "AWS/CloudFront", metric_name: "Requests" } };
  expect(
    watched({
      aws_cloudwatch_metric_alarm: {
        parked: { namespace: "AWS/SQS", metric_name: "Visible" },
        stuck: { namespace: "Vod", metric_name: "Stuck" },
        refusals: { metric_query: [{ expression: "a / b" }, own, edge] },
        again: { metric_query: [own] },
        spike: { metric_query: [{ expression: "ANOMALY_DETECTION_BAND(now, 3)" }, edge] },
      },
      aws_cloudwatch_composite_alarm: { page: {} },
      aws_cloudwatch_dashboard: { vod: {} },
      aws_cloudfront_monitoring_subscription: { vod: {} },
    }),
  ).toEqual({ alarmMetrics: 8, compositeAlarms: 1, dashboards: 1, ownMetrics: 10 });
});

test("what the edge keeps how long is the policy's of the path's behaviour", () => {
  const stack: Resources = {
    aws_cloudfront_distribution: {
      vod: {
        origin: [{ origin_id: "media" }],
        ordered_cache_behavior: [
          { path_pattern: "/a", target_origin_id: "media", cache_policy_id: "${aws_cloudfront_cache_policy.brief.id}" },
          { path_pattern: "/b", target_origin_id: "media", cache_policy_id: "elsewhere" },
        ],
      },
    },
    aws_cloudfront_cache_policy: { brief: { default_ttl: 5 } },
  };
  expect(cacheLife(stack, "/a")).toBe(5);
  expect(shielded(stack, "/a")).toBe(false);
  expect(() => cacheLife(stack, "/b")).toThrow(new Error("the behaviour of /b has no cache policy of the stack"));
  expect(() => cacheLife(stack, "/c")).toThrow(new Error("the distribution has no behaviour for /c"));
  expect(() => cacheLife({}, "/a")).toThrow(new Error("the stack has no aws_cloudfront_distribution.vod"));
});

test("a stack without a job template is none that can be counted", () => {
  expect(() => renditions({})).toThrow(new Error("the stack has no aws_cloudformation_stack.job_template with a body"));
});

test("rules count where they stand: in the firewall, AWS's groups as one each, and in groups of the stack's own", () => {
  const bots = { managed_rule_group_statement: { name: "AWSManagedRulesBotControlRuleSet" } };
  const stack = {
    aws_wafv2_web_acl: { edge: { rule: [{ statement: { geo_match_statement: {} } }, { statement: bots }] } },
    aws_wafv2_rule_group: { blocked: { rule: [{ statement: {} }, { statement: {} }] }, empty: {} },
  };
  expect(firewallOf(stack)).toEqual({ acls: 1, rules: 4, groups: 2, botControl: true });
});
