import { AwsError } from "../../../../local/kernel/aws-service";
import { createEventBridge, type EventBridgeOptions } from "../../../../local/services/eventbridge/event-bridge";
import { routeTargets } from "../../../../local/services/eventbridge/targets";
import { callJson, counter, deploymentOf, manualTime, recordingAuthorize, settle, unexpected } from "../test-kit";

const SUBMIT = "arn:aws:lambda:eu-west-1:000000000000:function:submit";
const PARKED = "arn:aws:sqs:eu-west-1:000000000000:parked";
const UPLOAD = {
  source: "aws.s3",
  detailType: "Object Created",
  resources: ["arn:aws:s3:::source"],
  detail: { key: "a b.mp4" },
};

function bus(
  target: Record<string, unknown> = {},
  options: Partial<EventBridgeOptions> = {},
  rule: Record<string, unknown> = {},
) {
  const time = manualTime();
  const { authorize, calls } = recordingAuthorize();
  const deployment = deploymentOf({
    "aws_cloudwatch_event_rule.upload": {
      name: "upload",
      event_pattern: JSON.stringify({ source: ["aws.s3"] }),
      ...rule,
    },
    "aws_cloudwatch_event_target.submit": { rule: "upload", arn: SUBMIT, ...target },
  });
  const delivered: unknown[] = [];
  const parked: unknown[] = [];
  const lost: string[] = [];
  const events = createEventBridge({
    deployment,
    deliver: (principal, arn, payload) => void delivered.push({ principal, arn, payload }),
    deadLetters: async (principal, arn, body, attributes) =>
      void parked.push({ principal, arn, body: JSON.parse(body), attributes }),
    authorize,
    clock: time.clock,
    timers: time.timers,
    ids: counter("event"),
    onLost: (message) => lost.push(message),
    ...options,
  });
  return { events, delivered, parked, lost, time, calls };
}

const EVENT = {
  version: "0",
  id: "event-1",
  source: "aws.s3",
  "detail-type": "Object Created",
  account: "000000000000",
  region: "eu-west-1",
  time: "2026-01-02T03:04:05Z",
  resources: ["arn:aws:s3:::source"],
  detail: { key: "a b.mp4" },
};
const RULE_ARN = "arn:aws:events:eu-west-1:000000000000:rule/upload";
const PRINCIPAL = { kind: "service", arn: "events.amazonaws.com", sourceArn: RULE_ARN };

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

describe("failing targets", () => {
  test("are tried again with growing delays until they take the event", async () => {
    let attempts = 0;
    const { events, time, lost } = bus(
      {},
      {
        deliver: () => {
          attempts += 1;
          if (attempts < 4) throw new AwsError("ServiceException", "down", 500);
        },
      },
    );
    events.publish(UPLOAD);
    await settle();
    expect(time.pending()).toEqual([250]);
    await time.advance(250);
    expect(time.pending()).toEqual([500]);
    await time.advance(500);
    expect(time.pending()).toEqual([1000]);
    await time.advance(1000);
    await events.idle();
    expect([attempts, lost]).toEqual([4, []]);
  });

  test("give the event to the dead-letter queue, with AWS's attributes, once the retries are used up", async () => {
    const { events, parked, time } = bus(
      { retry_policy: { maximum_retry_attempts: 2 }, dead_letter_config: { arn: PARKED } },
      { deliver: () => Promise.reject(new AwsError("TooManyRequestsException", "slow down", 429)) },
    );
    events.publish(UPLOAD);
    await time.advance(10_000);
    await events.idle();
    const attributes = {
      RULE_ARN,
      TARGET_ARN: SUBMIT,
      ERROR_CODE: "TooManyRequestsException",
      ERROR_MESSAGE: "slow down",
      EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
      RETRY_ATTEMPTS: "2",
    };
    expect(parked).toEqual([{ principal: PRINCIPAL, arn: PARKED, body: EVENT, attributes }]);
  });

  test("are given up when the event would be too old", async () => {
    const { events, parked, time } = bus(
      { retry_policy: [{ maximum_event_age_in_seconds: 60 }], dead_letter_config: [{ arn: PARKED }] },
      { deliver: () => Promise.reject(new Error("down")), retryDelayMs: () => 25_000 },
    );
    events.publish(UPLOAD);
    await time.advance(120_000);
    const attributes = expect.objectContaining({
      EXHAUSTED_RETRY_CONDITION: "MaximumEventAgeInSeconds",
      RETRY_ATTEMPTS: "2",
      ERROR_CODE: "InternalFailure",
    }) as unknown;
    expect(parked).toEqual([expect.objectContaining({ attributes })]);
  });

  test("are not tried again when they do not exist or may not be called", async () => {
    const { events, parked } = bus(
      { dead_letter_config: { arn: PARKED } },
      { deliver: () => Promise.reject(new AwsError("ResourceNotFoundException", "Function not found: x", 404)) },
    );
    events.publish(UPLOAD);
    await events.idle();
    expect(parked).toEqual([
      expect.objectContaining({ attributes: expect.objectContaining({ RETRY_ATTEMPTS: "0" }) as unknown }),
    ]);
  });

  test("without a queue make the loss known", async () => {
    const { events, lost } = bus(
      {},
      { deliver: () => Promise.reject(new AwsError("AccessDeniedException", "no", 403)) },
    );
    events.publish(UPLOAD);
    await events.idle();
    expect(lost).toEqual([
      `rule upload: event event-1 (Object Created) did not reach ${SUBMIT}: no; the target has no dead-letter queue`,
    ]);
  });

  test("whose queue fails too make the loss known", async () => {
    const { events, lost } = bus(
      { dead_letter_config: { arn: PARKED } },
      {
        deliver: () => Promise.reject(new AwsError("AccessDeniedException", "no", 403)),
        deadLetters: () => Promise.reject(new AwsError("QueueDoesNotExist", "The specified queue does not exist.")),
      },
    );
    events.publish(UPLOAD);
    await events.idle();
    expect(lost).toEqual([
      `rule upload: event event-1 (Object Created) did not reach ${SUBMIT}: no; nor ${PARKED}: The specified queue does not exist.`,
    ]);
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

describe("PutEvents", () => {
  const put = (entry: object) => ({ Source: "vod", DetailType: "Tried", Detail: '{"a":1}', ...entry });

  test("publishes entries and judges each for itself", async () => {
    const { events, delivered, calls } = bus({}, {}, { event_pattern: '{"source":["vod"]}' });
    const entries = [
      put({}),
      put({ Source: "aws.s3" }),
      put({ Detail: "[" }),
      put({ Source: "" }),
      put({ EventBusName: "other" }),
    ];
    expect(await callJson(events, "AWSEvents.PutEvents", { Entries: entries })).toEqual({
      FailedEntryCount: 4,
      Entries: [
        { EventId: "event-1" },
        { ErrorCode: "NotAuthorizedForSourceException", ErrorMessage: "Not authorized for the source." },
        { ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." },
        {
          ErrorCode: "InvalidArgument",
          ErrorMessage: "Parameter Source, DetailType or Detail is not valid. Reason: it is a required argument.",
        },
        { ErrorCode: "InvalidArgument", ErrorMessage: "Event bus other does not exist." },
      ],
    });
    await events.idle();
    expect(delivered).toHaveLength(1);
    expect(calls).toEqual([
      "arn:aws:iam::000000000000:user/operator events:PutEvents arn:aws:events:eu-west-1:000000000000:event-bus/default",
    ]);
  });

  test("takes one to ten entries", async () => {
    const { events } = bus();
    const refused = await callJson(events, "AWSEvents.PutEvents", {
      Entries: Array.from({ length: 11 }, () => put({})),
    });
    expect(refused).toEqual({ refused: "ValidationException: Entries must hold 1 to 10 entries, got 11." });
  });

  test("is the only operation", async () => {
    const { events } = bus();
    expect(await callJson(events, "AWSEvents.ListRules", {})).toEqual({
      refused: "UnknownOperationException: EventBridge answers PutEvents here, got ListRules.",
    });
    expect(await callJson(events, "AmazonSQS.ListQueues", {})).toEqual({
      refused: "UnknownOperationException: x-amz-target must be AWSEvents.<operation>, got AmazonSQS.ListQueues.",
    });
  });
});
