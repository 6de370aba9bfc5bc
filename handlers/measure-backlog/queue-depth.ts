import { GetQueueCommand, type MediaConvertClient } from "@aws-sdk/client-mediaconvert";
import type { QueueDepth } from "./handler";

/** MediaConvert's own count of a queue's jobs. */
export function mediaConvertQueueDepth(client: MediaConvertClient, queue: string): () => Promise<QueueDepth> {
  return async () => {
    const { Queue } = await client.send(new GetQueueCommand({ Name: queue }));
    return { waiting: Queue?.SubmittedJobsCount ?? 0, progressing: Queue?.ProgressingJobsCount ?? 0 };
  };
}
