import type { Format, ProbeResult, Track, VideoProperties } from "@aws-sdk/client-mediaconvert";
import { sourceFacts } from "../../../handlers/submit-transcode/source-facts";

const video = (properties: VideoProperties): Track => ({ TrackType: "video", VideoProperties: properties });
const audio: Track = { TrackType: "audio" };
const probe = (tracks: Track[], Format: Format = "mp4", Duration?: number): ProbeResult => ({
  Container: { Format, Duration, Tracks: tracks },
});
const HD = { Width: 1920, Height: 1080 };

test.each<[string, ProbeResult, object]>([
  [
    "a plain video",
    probe([video(HD), audio], "mp4", 20.5),
    { width: 1920, height: 1080, hasAudio: true, durationSeconds: 20.5 },
  ],
  ["a silent video", probe([video(HD)]), { width: 1920, height: 1080, hasAudio: false }],
  ["a phone's portrait video", probe([video({ ...HD, Rotation: 90 })]), { width: 1080, height: 1920, hasAudio: false }],
  [
    "one turned the other way",
    probe([video({ ...HD, Rotation: -270 })]),
    { width: 1080, height: 1920, hasAudio: false },
  ],
  ["one upside down", probe([video({ ...HD, Rotation: 180 })]), { width: 1920, height: 1080, hasAudio: false }],
  [
    "rotation that MediaConvert does not follow",
    probe([video({ ...HD, Rotation: 90 })], "matroska"),
    { width: 1920, height: 1080, hasAudio: false },
  ],
  [
    "anamorphic pixels",
    probe([video({ Width: 720, Height: 576, SampleAspectRatio: { Numerator: 64, Denominator: 45 } })]),
    { width: 1024, height: 576, hasAudio: false },
  ],
  [
    "an aspect ratio of the display only",
    probe([video({ Width: 720, Height: 480, DisplayAspectRatio: { Numerator: 4, Denominator: 3 } })]),
    { width: 640, height: 480, hasAudio: false },
  ],
  [
    "a size that only the codec tells",
    probe([video({ CodecMetadata: HD })]),
    { width: 1920, height: 1080, hasAudio: false },
  ],
  [
    "a length that only the track tells",
    probe([{ ...video(HD), Duration: 3 }]),
    { width: 1920, height: 1080, hasAudio: false, durationSeconds: 3 },
  ],
])("%s", (_, result, facts) => expect(sourceFacts(result)).toEqual({ ok: true, value: facts }));

test.each<[string, ProbeResult | undefined, string, string]>([
  ["no probe", undefined, "NO_VIDEO", "The file has no video track (tracks found: none)."],
  [
    "audio alone",
    probe([audio, { TrackType: "data" }]),
    "NO_VIDEO",
    "The file has no video track (tracks found: audio, data).",
  ],
  ["video without a size", probe([video({})]), "NO_VIDEO_SIZE", "The size of the video track cannot be read."],
  [
    "video of no size",
    probe([video({ Width: 0, Height: 0 })]),
    "NO_VIDEO_SIZE",
    "The size of the video track cannot be read.",
  ],
])("%s is refused", (_, result, code, reason) => {
  expect(sourceFacts(result)).toEqual({ ok: false, problem: { stage: "ingest", code, reason } });
});
