import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Testing } from "cdktf";
import { Construct } from "constructs";
import { PlatformStack } from "../../../stacks/shared/platform-stack";
import { environment } from "../../support/synthesised";

test("two resources that claim one address are refused, instead of one silently taking the other's place", () => {
  const stack = new PlatformStack(Testing.app(), "vod-dev", environment("dev"));
  new SqsQueue(new Construct(stack, "a"), "queue");
  new SqsQueue(new Construct(stack, "b"), "queue:other");
  expect(() => Testing.synth(stack)).toThrow(
    "aws_sqs_queue.queue is claimed by vod-dev/a/queue and by vod-dev/b/queue:other",
  );
});
