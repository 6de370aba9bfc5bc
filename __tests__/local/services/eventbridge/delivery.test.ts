import { AwsError } from "../../../../local/kernel/aws-service";
import { settle } from "../test-kit";
import { bus, EVENT, PARKED, PRINCIPAL, RULE_ARN, SUBMIT, UPLOAD } from "./test-bus";

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
