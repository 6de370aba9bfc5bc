import { readFile } from "node:fs/promises";
import type { Readable } from "node:stream";
import type { Encoded, EncodedSegments } from "../../media/encode";
import type { WebVtt } from "../../media/webvtt";
import type { PlannedGroup, PlannedOutput } from "./plan";
import type { OutputDetail } from "./job";

export const CONTENT_TYPES = {
  m3u8: "application/vnd.apple.mpegurl",
  mpd: "application/dash+xml",
  ts: "video/mp2t",
  cmfv: "video/mp4",
  cmfa: "audio/mp4",
  vtt: "text/vtt",
  jpg: "image/jpeg",
  mp4: "video/mp4",
} as const;

/** What the writer of an output group works with. */
export interface GroupOutput {
  readonly planned: PlannedGroup;
  readonly encoded: Encoded;
  /** The captions that a selector of the input names. */
  captions(selector: string): Promise<WebVtt>;
  /** Stores a file whose name follows the group's base, as the job's role; returns its `s3://` address. */
  put(suffix: string, body: Buffer | Readable | string): Promise<string>;
}

/** The group's base as the beginning of relative addresses in its manifests. */
export function addressBase({ base }: PlannedGroup): string {
  return encodeURIComponent(base.key.slice(base.key.lastIndexOf("/") + 1));
}

export function segmentsOf({ encoded }: GroupOutput, { stem }: PlannedOutput): EncodedSegments {
  const found = stem === undefined ? undefined : encoded.segments.get(stem);
  if (!found) throw new Error(`output ${stem ?? "without a stem"} was not encoded`);
  return found;
}

/** What an output turned out to be, measured from its files. */
export function detailOf(encoded: EncodedSegments, bytes: number, paths: readonly string[]): OutputDetail {
  const { output, duration } = encoded;
  return {
    outputFilePaths: paths,
    durationInMs: Math.round(duration * 1000),
    ...(output.video && {
      videoDetails: {
        widthInPx: output.video.width,
        heightInPx: output.video.height,
        averageBitrate: Math.round((bytes * 8) / duration),
        ...(output.video.crf !== undefined && qualityOf(output.video.crf)),
      },
    }),
  };
}

/** x264 keeps the quality it is asked for, except under the ceiling of the rate: its level stands for all three. */
export function qualityOf(crf: number): { qvbrAvgQuality: number; qvbrMinQuality: number; qvbrMaxQuality: number } {
  const level = (37 - crf) / 2;
  return { qvbrAvgQuality: level, qvbrMinQuality: level, qvbrMaxQuality: level };
}

export const readSegment = (path: string): Promise<Buffer> => readFile(path);
