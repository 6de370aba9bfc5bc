import {
  environment,
  everyStack,
  resource,
  resourcesOf,
  synthesised,
  title,
  type Values,
} from "../../support/synthesised";

const dev = environment("dev");
const operating = (changes: object) => synthesised({ ...dev, operate: { ...dev.operate, ...changes } });
const alarmNames = (stack: ReturnType<typeof synthesised>) => resourcesOf(stack, "aws_cloudwatch_metric_alarm").map(([name]) => name); // prettier-ignore

/** Resources that CloudFront and the firewall keep their metrics of. */
const EDGE = ["cache_hit_ratio", "edge_4xx", "edge_5xx", "origin_latency", "request_spike", "firewall_blocks"];

describe.each(everyStack().map((stack) => [title(stack), stack] as const))("the alarms of %s", (_, stack) => {
  const { name, repository } = stack.environment;

  test("say in one sentence what failed, link to the runbook, and tell the operators of their Region", () => {
    for (const [id, alarm] of resourcesOf(stack, "aws_cloudwatch_metric_alarm")) {
      const file = repository ? "https://github.com/example-org/vod-platform/blob/main/docs/runbook.md" : "docs/runbook.md"; // prettier-ignore
      const section = id.endsWith("_dead_letters") ? "dead-letters" : id.replaceAll("_", "-");
      const edge = alarm.provider === "aws.edge";
      const named = id.endsWith("_dead_letters")
        ? `\${aws_sqs_queue.${id}.name}`
        : `vod-${id.replaceAll("_", "-")}-${name}`;
      expect([id, alarm.alarm_name]).toEqual([id, named]);
      expect(alarm.alarm_description).toMatch(/^[A-Z][^.]+\. Runbook: /);
      expect(alarm.alarm_description).toContain(`Runbook: ${file}#${section}`);
      expect(alarm.alarm_actions).toEqual([`\${aws_sns_topic.${edge ? "edge_operators" : "operators"}.arn}`]);
    }
  });

  test("watch the edge in us-east-1 and all else in the environment's Region", () => {
    for (const [id, { provider }] of resourcesOf(stack, "aws_cloudwatch_metric_alarm")) {
      expect([id, provider]).toEqual([id, EDGE.includes(id) || id.startsWith("edge_alerts") ? "aws.edge" : undefined]);
    }
  });

  test("have one in each Region that pages, for what keeps viewers from watching", () => {
    const rule = (...names: string[]) => names.map((id) => `ALARM("\${aws_cloudwatch_metric_alarm.${id}.alarm_name}")`).join(" OR "); // prettier-ignore
    const { topology, operate } = stack.environment;
    expect(topology).toMatch(/mediapackage|direct/);
    expect(resource(stack, "aws_cloudwatch_composite_alarm.page")).toMatchObject({
      alarm_rule: rule("mint_errors", ...(operate.check ? ["check_failed"] : [])),
      alarm_actions: ["${aws_sns_topic.pager.arn}"],
      ok_actions: ["${aws_sns_topic.pager.arn}"],
    });
    expect(resource(stack, "aws_cloudwatch_composite_alarm.edge_page")).toMatchObject({
      provider: "aws.edge",
      alarm_rule: rule("edge_4xx", "edge_5xx"),
      alarm_actions: ["${aws_sns_topic.edge_pager.arn}"],
    });
    expect(resourcesOf(stack, "aws_cloudwatch_composite_alarm")).toHaveLength(2);
  });

  test("see the distribution's additional metrics, and the firewall by its name", () => {
    expect(resource(stack, "aws_cloudfront_monitoring_subscription.vod")).toMatchObject({
      distribution_id: "${aws_cloudfront_distribution.vod.id}",
      monitoring_subscription: {
        realtime_metrics_subscription_config: { realtime_metrics_subscription_status: "Enabled" },
      },
    });
    const [firewall] = resourcesOf(stack, "aws_wafv2_web_acl").map(([, values]) => values.name);
    expect(JSON.stringify(resource(stack, "aws_cloudwatch_metric_alarm.firewall_blocks"))).toContain(`"WebACL":"${String(firewall)}"`); // prettier-ignore
  });
});

test("MediaPackage is watched by each of its configurations, and not at all where there is none", () => {
  const { metric_query: queries } = resource(operating({}), "aws_cloudwatch_metric_alarm.package_5xx");
  const dimensions = (queries as { metric?: { dimensions: Values } }[]).flatMap(({ metric }) => (metric ? [metric.dimensions] : [])); // prettier-ignore
  const id = (protocol: string) => expect.stringMatching(new RegExp(`^vod-dev-${protocol}-[0-9a-f]{8}$`)) as unknown;
  expect(dimensions).toEqual([
    ...["hls", "dash", "cmaf"].map((protocol) => ({ PackagingConfiguration: id(protocol), StatusCodeRange: "5xx" })),
    ...["hls", "dash", "cmaf"].map((protocol) => ({ PackagingConfiguration: id(protocol) })),
  ]);
  const direct = alarmNames(synthesised(environment("dev", "direct")));
  expect(direct.filter((name) => name.startsWith("package_"))).toEqual([]);
});

test("a spike of requests is what departs from habit, or a number where one is set", () => {
  const habit = resource(operating({}), "aws_cloudwatch_metric_alarm.request_spike");
  expect(habit).toMatchObject({ comparison_operator: "GreaterThanUpperThreshold", threshold_metric_id: "habit" });
  expect((habit.metric_query as Values[])[0]).toMatchObject({ expression: "ANOMALY_DETECTION_BAND(now, 3)" });
  expect(resource(operating({ requestSpike: 1000 }), "aws_cloudwatch_metric_alarm.request_spike")).toMatchObject({
    metric_name: "Requests",
    comparison_operator: "GreaterThanThreshold",
    threshold: 1000,
    period: 300,
  });
});

test("thresholds are the environment's", () => {
  const stack = operating({ cacheHitPercent: 55, backlogJobs: 7, stuckAfterMinutes: 33 });
  expect(resource(stack, "aws_cloudwatch_metric_alarm.cache_hit_ratio").threshold).toBe(55);
  expect(resource(stack, "aws_cloudwatch_metric_alarm.queue_backlog").threshold).toBe(7);
  const { variables } = resource(stack, "aws_lambda_function.measure_backlog").environment as { variables: Values };
  expect(variables.STUCK_AFTER_MINUTES).toBe("33");
});

test("whoever is named is subscribed in both Regions, by mail or by https", () => {
  const stack = operating({ notify: ["mailto:a@example.com"], page: ["https://pager.example.com/x"] });
  const subscriptions = resourcesOf(stack, "aws_sns_topic_subscription").map(([name, { protocol, endpoint, topic_arn: topic }]) => [name, protocol, endpoint, topic]); // prettier-ignore
  expect(subscriptions).toEqual([
    ["edge_operators_0", "email", "a@example.com", "${aws_sns_topic.edge_operators.arn}"],
    ["edge_pager_0", "https", "https://pager.example.com/x", "${aws_sns_topic.edge_pager.arn}"],
    ["operators_0", "email", "a@example.com", "${aws_sns_topic.operators.arn}"],
    ["pager_0", "https", "https://pager.example.com/x", "${aws_sns_topic.pager.arn}"],
  ]);
});

test("a budget counts what carries the environment's tag, and is there by setting only", () => {
  expect(operating({}).document.resource.aws_budgets_budget).toBeUndefined();
  expect(resource(operating({ budgetDollars: 4200 }), "aws_budgets_budget.budget")).toMatchObject({
    limit_amount: "4200",
    time_unit: "MONTHLY",
    cost_filter: [{ name: "TagKeyValue", values: ["user:env$dev"] }],
    notification: [
      { threshold: 80, notification_type: "ACTUAL", subscriber_sns_topic_arns: ["${aws_sns_topic.operators.arn}"] },
      { threshold: 100, notification_type: "FORECASTED" },
    ],
  });
});

test("an environment in us-east-1 has one Region to watch, and one alarm that pages", () => {
  const stack = synthesised({
    ...dev,
    region: "us-east-1",
    deliver: { ...dev.deliver, originShieldRegion: "us-east-1" },
  });
  expect(resourcesOf(stack, "aws_cloudwatch_composite_alarm").map(([name]) => name)).toEqual(["page"]);
  expect(String(resource(stack, "aws_cloudwatch_composite_alarm.page").alarm_rule)).toContain("edge_5xx");
  expect(resourcesOf(stack, "aws_sns_topic").map(([name]) => name)).toEqual(["operators", "pager"]);
  expect(resourcesOf(stack, "aws_cloudwatch_metric_alarm").map(([, { provider }]) => provider)).toEqual(expect.not.arrayContaining(["aws.edge"])); // prettier-ignore
});
