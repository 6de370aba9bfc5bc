import { createEventBridge, type EventBridgeOptions } from "../../../../local/services/eventbridge/event-bridge";
import { counter, deploymentOf, manualTime, recordingAuthorize } from "../test-kit";

export const SUBMIT = "arn:aws:lambda:eu-west-1:000000000000:function:submit";
export const PARKED = "arn:aws:sqs:eu-west-1:000000000000:parked";
export const UPLOAD = {
  source: "aws.s3",
  detailType: "Object Created",
  resources: ["arn:aws:s3:::source"],
  detail: { key: "a b.mp4" },
};

/** The bus with one rule for uploads and one target, all of which a test may change. */
export function bus(
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

export const EVENT = {
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
export const RULE_ARN = "arn:aws:events:eu-west-1:000000000000:rule/upload";
export const PRINCIPAL = { kind: "service", arn: "events.amazonaws.com", sourceArn: RULE_ARN };
