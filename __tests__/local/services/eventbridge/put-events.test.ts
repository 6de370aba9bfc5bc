import { callJson } from "../test-kit";
import { bus } from "./test-bus";

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
