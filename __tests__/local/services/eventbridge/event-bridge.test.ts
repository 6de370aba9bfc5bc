import { AwsError } from "../../../../local/kernel/aws-service";
import { routeTargets } from "../../../../local/services/eventbridge/targets";
import { settle, unexpected } from "../test-kit";
import { bus, EVENT, PRINCIPAL, RULE_ARN, SUBMIT, UPLOAD } from "./test-bus";

describe("publishing", () => {
  test("an event that a rule asks for reaches its target in AWS's envelope, after publish has returned", async () => {
    const { events, delivered } = bus();
    events.publish(UPLOAD);
    expect(delivered).toEqual([]);
    await events.idle();
    expect(delivered).toEqual([{ principal: PRINCIPAL, arn: SUBMIT, payload: EVENT }]);
  });

  test("an event that no rule asks for reaches nobody", async () => {
    const { events } = bus({}, { deliver: unexpected("delivery") });
    events.publish({ ...UPLOAD, source: "aws.ec2" });
    await expect(events.idle()).resolves.toBeUndefined();
  });

  test("a disabled rule delivers nothing", async () => {
    const { events } = bus({}, { deliver: unexpected("delivery") }, { state: "DISABLED" });
    events.publish(UPLOAD);
    await expect(events.idle()).resolves.toBeUndefined();
  });

  test.each([
    ["a constant", { input: '{"fixed":true}' }, { fixed: true }],
    ["a part of the event", { input_path: "$.detail.key" }, "a b.mp4"],
    [
      "a template",
      {
        input_transformer: {
          input_paths: { key: "$.detail.key", first: "$.resources[0]" },
          input_template: '{"k":<key>,"t":"<first>","s":"at <key>"}',
        },
      },
      { k: "a b.mp4", t: "arn:aws:s3:::source", s: "at a b.mp4" },
    ],
  ])("a target may ask for %s", async (_, target, payload) => {
    const { events, delivered } = bus(target);
    events.publish(UPLOAD);
    await events.idle();
    expect(delivered).toEqual([{ principal: PRINCIPAL, arn: SUBMIT, payload }]);
  });
});

describe("schedules", () => {
  const EVERY_TWO = { event_pattern: undefined, schedule_expression: "rate(2 minutes)" };

  test("send AWS's scheduled event to their rule's targets once a period, not before start", async () => {
    const { events, delivered, time } = bus({}, {}, EVERY_TWO);
    await time.advance(120_000);
    expect(delivered).toEqual([]);
    events.start();
    await time.advance(119_999);
    expect(delivered).toEqual([]);
    await time.advance(120_001);
    const payload = {
      ...EVENT,
      source: "aws.events",
      "detail-type": "Scheduled Event",
      time: "2026-01-02T03:08:05Z",
      resources: [RULE_ARN],
      detail: {},
    };
    expect(delivered).toEqual([
      { principal: PRINCIPAL, arn: SUBMIT, payload },
      { principal: PRINCIPAL, arn: SUBMIT, payload: { ...payload, id: "event-2", time: "2026-01-02T03:10:05Z" } },
    ]);
    await events.stop();
    expect(time.pending()).toEqual([]);
  });

  test.each(["rate(0 minutes)", "rate(1 minutes)", "rate(2 minute)", "rate(5 seconds)", "cron(0 12 * * ? *)"])(
    "%s is refused",
    (schedule) => {
      expect(() => bus({}, {}, { schedule_expression: schedule })).toThrow(
        new Error(
          `aws_cloudwatch_event_rule.upload: schedule_expression must be rate(1 minute), rate(2 hours), rate(3 days) or alike, got ${schedule}`,
        ),
      );
    },
  );
});

describe("the rest", () => {
  test("stop gives up waiting retries and ends idle", async () => {
    const { events, time } = bus({}, { deliver: () => Promise.reject(new Error("down")) });
    events.publish(UPLOAD);
    await settle();
    await events.stop();
    await events.idle();
    expect(time.pending()).toEqual([]);
  });

  test("a target of an unknown rule is a mistake of the stack", () => {
    expect(() => bus({ rule: "other" })).toThrow(
      new Error("aws_cloudwatch_event_target.submit: rule must be the name of one of the stack's rules, got other"),
    );
  });

  test("targets are found by the service in their ARN", async () => {
    const got: unknown[] = [];
    const deliver = routeTargets({ lambda: (...call) => void got.push(call), sqs: unexpected("queue") });
    const principal = { kind: "service", arn: "events.amazonaws.com" } as const;
    await deliver(principal, SUBMIT, 1);
    expect(got).toEqual([[principal, SUBMIT, 1]]);
    await expect(deliver(principal, "arn:aws:sns:eu-west-1:000000000000:topic", 1)).rejects.toThrow(
      new AwsError(
        "ResourceNotFoundException",
        "Targets must be of lambda, sqs, got arn:aws:sns:eu-west-1:000000000000:topic.",
      ),
    );
  });
});
