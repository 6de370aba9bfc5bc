import { harness, ROLE } from "./harness";
import { settingsOf, POSTER, video } from "./settings";
import { CreateJobCommand, GetJobCommand } from "@aws-sdk/client-mediaconvert";
import { copyFileSync, mkdirSync } from "node:fs";
(async () => {
  const audio = [{ AudioSourceName: "Audio Selector 1", CodecSettings: { Codec: "AAC", AacSettings: { Bitrate: 128000, CodingMode: "CODING_MODE_2_0", SampleRate: 48000 } } }] as any;
  const rungs = [[240, 426, 400], [360, 640, 800], [480, 854, 1400], [720, 1280, 3000], [1080, 1920, 5000]].map(([h, w, k]) => {
    const v = video(h!, w!) as any; v.VideoDescription.CodecSettings.H264Settings = { ...v.VideoDescription.CodecSettings.H264Settings, MaxBitrate: k! * 1000, GopSize: 2, CodecProfile: "HIGH" };
    return { NameModifier: `_${h}p`, ...v };
  });
  for (const kind of process.argv.slice(4)) {
    const h = harness(process.argv[2]!);
    mkdirSync(h.directory + "/s3/source/uploads", { recursive: true });
    copyFileSync(process.argv[3]!, h.directory + "/s3/source/uploads/a film.mp4");
    const g: any = kind === "hls" ? { OutputGroupSettings: { Type: "HLS_GROUP_SETTINGS", HlsGroupSettings: { Destination: "s3://packaged/ladder/a/index", SegmentLength: 4 } }, Outputs: rungs.map((r) => ({ ...r, AudioDescriptions: audio })) }
      : { OutputGroupSettings: { Type: "CMAF_GROUP_SETTINGS", CmafGroupSettings: { Destination: "s3://packaged/ladder/a/index", SegmentLength: 4 } }, Outputs: [...rungs, { NameModifier: "_audio", AudioDescriptions: audio }] };
    const t = Date.now();
    const { Job } = await h.client.send(new CreateJobCommand({ Role: ROLE, Settings: settingsOf(g, POSTER) }));
    await h.service.idle();
    const j = (await h.client.send(new GetJobCommand({ Id: Job!.Id }))).Job!;
    console.log("RESULT", kind, j.Status, j.ErrorMessage, Date.now() - t, "ms", h.directory, h.events.map((e) => e.detail.status === "STATUS_UPDATE" ? (e.detail.jobProgress as any).jobPercentComplete : e.detail.status).join(" "));
    console.log(h.objects.text("packaged", "ladder/a/index.m3u8"));
  }
})();
