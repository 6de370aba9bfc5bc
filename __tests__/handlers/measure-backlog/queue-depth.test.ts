import type { MediaConvertClient } from "@aws-sdk/client-mediaconvert";
import { mediaConvertQueueDepth } from "../../../handlers/measure-backlog/queue-depth";

test("the depth is what MediaConvert says of the queue of that name", async () => {
  const asked: unknown[] = [];
  const send = ({ input }: { input: unknown }) => {
    asked.push(input);
    return Promise.resolve({ Queue: { SubmittedJobsCount: 4, ProgressingJobsCount: 1 } });
  };
  const depth = mediaConvertQueueDepth({ send } as unknown as MediaConvertClient, "vod-dev");
  expect([await depth(), asked]).toEqual([{ waiting: 4, progressing: 1 }, [{ Name: "vod-dev" }]]);
});
