import type { EventBus } from "../../kernel/event-bus";
import type { Clock } from "../../kernel/clock";
import { framesPerSecond } from "../../media/encode-frame-rate";
import type { Mezzanine } from "../../media/probe-result";
import type { Job } from "./job";

/**
 * Announces what a job does, in the shapes of
 * https://docs.aws.amazon.com/mediaconvert/latest/ug/mediaconvert_event_list.html
 */
export class JobEvents {
  constructor(
    private readonly bus: EventBus,
    private readonly clock: Clock,
    private readonly account: string,
  ) {}

  progressing(job: Job): void {
    this.publish(job, "PROGRESSING");
  }

  inputInformation(job: Job, media: Mezzanine): void {
    const uri = job.settings.inputs[0]?.fileInput;
    this.publish(job, "INPUT_INFORMATION", { inputDetails: [{ id: 1, uri, ...tracksOf(media) }] });
  }

  /** @param share of the phase that is done, 0-1 */
  statusUpdate(job: Job, share: number, framesDecoded: number): void {
    const phases = ["PROBING", "TRANSCODING", "UPLOADING"] as const;
    const current = phases.indexOf(job.phase ?? "PROBING");
    const phaseProgress = phases.map((phase, index) => {
      if (index < current) return [phase, { status: "COMPLETE", percentComplete: 100 }];
      if (index > current) return [phase, { status: "PENDING", percentComplete: 0 }];
      return [phase, { status: "PROGRESSING", percentComplete: Math.floor(share * 100) }];
    });
    this.publish(job, "STATUS_UPDATE", {
      framesDecoded,
      jobProgress: {
        phaseProgress: Object.fromEntries(phaseProgress) as Record<string, unknown>,
        jobPercentComplete: job.percent ?? 0,
        currentPhase: job.phase,
        retryCount: 0,
      },
    });
  }

  complete(job: Job): void {
    this.publish(job, "COMPLETE", { outputGroupDetails: job.outputGroupDetails, paddingInserted: 0, warnings: [] });
  }

  error(job: Job): void {
    this.publish(job, "ERROR", { errorCode: job.errorCode, errorMessage: job.errorMessage });
  }

  canceled(job: Job): void {
    this.publish(job, "CANCELED");
  }

  private publish(job: Job, status: string, more: Readonly<Record<string, unknown>> = {}): void {
    this.bus.publish({
      source: "aws.mediaconvert",
      detailType: "MediaConvert Job State Change",
      resources: [job.arn],
      detail: {
        timestamp: this.clock(),
        accountId: this.account,
        queue: job.queue,
        jobId: job.id,
        status,
        userMetadata: job.userMetadata,
        ...more,
      },
    });
  }
}

function tracksOf({ tracks }: Mezzanine): Record<string, unknown> {
  const numbered = tracks.map((track, index) => ({ track, streamId: index + 1 }));
  return {
    audio: numbered.flatMap(({ track, streamId }) => {
      if (track.kind !== "audio") return [];
      const { channels, codec, sampleRate, language = "und" } = track;
      return [{ channels, codec, language: language.toUpperCase(), sampleRate, streamId }];
    }),
    video: numbered.flatMap(({ track, streamId }) => {
      if (track.kind !== "video") return [];
      const { codec, width, height } = track;
      const frameRate = Number(framesPerSecond(track.frameRate).toFixed(3));
      // The event says H_264 where Probe says AVC.
      return [{ codec: codec === "AVC" ? "H_264" : codec, frameRate, height, width, sar: "1:1", streamId }];
    }),
  };
}
