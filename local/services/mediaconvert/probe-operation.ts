import { AwsError, type Principal } from "../../kernel/aws-service";
import type { ObjectStore } from "../../kernel/object-store";
import { probe } from "../../media/probe";
import type { AudioTrack, Mezzanine, VideoTrack } from "../../media/probe-result";
import { At, refuseProblems } from "./problems";
import { parseS3Address } from "./s3-address";

export interface ProbeOptions {
  readonly objects: ObjectStore;
  readonly ffmpeg: string;
}

/**
 * `Probe`: what a file is, read with the caller's own permissions on S3.
 * https://docs.aws.amazon.com/mediaconvert/latest/apireference/probe.html
 */
export async function answerProbe(request: unknown, caller: Principal, options: ProbeOptions): Promise<unknown> {
  const problems: string[] = [];
  const addresses = At.root(request, problems)
    .member("inputFiles")
    .requireObjects()
    .map((file) => {
      const url = file.member("fileUrl");
      const address = parseS3Address(url.text());
      if (url.present && !address)
        url.refuse(`must be an S3 address, s3://bucket/key, got ${JSON.stringify(url.value)}`);
      return address;
    });
  refuseProblems(problems);
  const probeResults = [];
  for (const address of addresses) probeResults.push(await probeOne(address!.bucket, address!.key, caller, options));
  return { probeResults };
}

async function probeOne(bucket: string, key: string, caller: Principal, { objects, ffmpeg }: ProbeOptions) {
  const [info, path] = await readFrom(bucket, key, caller, objects);
  const outcome = await probe(path, ffmpeg);
  if (!outcome.ok)
    throw new AwsError("BadRequestException", `Unable to probe s3://${bucket}/${key}: ${outcome.message}`);
  return {
    container: containerOf(outcome.media),
    metadata: {
      eTag: info.etag,
      fileSize: info.size,
      lastModified: Math.floor(info.lastModified.getTime() / 1000),
      mimeType: info.contentType,
    },
    trackMappings: [mappingOf(outcome.media)],
  };
}

/** S3's refusals reach the caller as MediaConvert's own. */
async function readFrom(bucket: string, key: string, caller: Principal, objects: ObjectStore) {
  try {
    return [await objects.head(caller, bucket, key), await objects.file(caller, bucket, key)] as const;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    if (error.status === 404) throw new AwsError("NotFoundException", `s3://${bucket}/${key}: ${error.message}`, 404);
    if (error.status === 403) throw new AwsError("ForbiddenException", `s3://${bucket}/${key}: ${error.message}`, 403);
    throw error;
  }
}

function containerOf({ format, duration, tracks }: Mezzanine) {
  return {
    // Blank where MediaConvert has no name for the format.
    format: format === "other" ? undefined : format,
    duration,
    tracks: tracks.map((track, index) => ({
      index: index + 1,
      trackType: track.kind,
      codec: track.codec,
      duration: track.duration,
      ...(track.kind === "video" ? { videoProperties: videoOf(track) } : { audioProperties: audioOf(track) }),
    })),
  };
}

function videoOf({ width, height, rotation, frameRate }: VideoTrack) {
  return { width, height, rotation, frameRate };
}

function audioOf({ channels, sampleRate, language }: AudioTrack) {
  return { channels, sampleRate, languageCode: language?.toUpperCase() };
}

function mappingOf({ tracks }: Mezzanine) {
  const indexes = (kind: string) => tracks.flatMap((track, index) => (track.kind === kind ? [index + 1] : []));
  return { videoTrackIndexes: indexes("video"), audioTrackIndexes: indexes("audio"), dataTrackIndexes: [] };
}
