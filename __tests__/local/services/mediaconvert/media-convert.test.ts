import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, statSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { CancelJobCommand, CreateJobCommand, GetJobCommand, ProbeCommand } from "@aws-sdk/client-mediaconvert";
import { harness, NOW, packagedFfmpeg, QUEUE, ROLE, type Harness } from "./harness";
import { CMAF, FILM, HLS, INPUT, POSTER, settingsOf } from "./settings";

const ffmpeg = packagedFfmpeg();
const withFfmpeg = ffmpeg === undefined ? describe.skip : describe;
if (ffmpeg === undefined) console.warn("skipped: real encodes, since @ffmpeg-installer/ffmpeg is not installed");

const VTT = "WEBVTT\n\n00:00:00.200 --> 00:00:01.500\nacross the cut\n";

withFfmpeg("MediaConvert with a real encoder", () => {
  let made: Harness;
  beforeEach(() => {
    made = harness(ffmpeg!, { Name: "vod-ladder-1", SettingsJson: { OutputGroups: [HLS] }, Description: "d" });
    made.objects.write("source", "uploads/a film.vtt", VTT);
  });
  afterEach(() => made.remove());

  const source = (...args: string[]) => {
    made.objects.write("source", "uploads/a film.mp4", "");
    const path = join(made.directory, "s3/source/uploads/a film.mp4");
    const inputs = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=2", "-f", "lavfi", "-i", "sine=d=2:r=48000"];
    const codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac", "-ac", "2"];
    execFileSync(ffmpeg!, ["-nostdin", "-loglevel", "error", "-y", ...inputs, ...codecs, ...args, path]);
  };
  const submit = async (Settings: ReturnType<typeof settingsOf>) => {
    const input = { Role: ROLE, Queue: QUEUE, Settings, UserMetadata: { assetId: "a" } };
    const { Job } = await made.client.send(new CreateJobCommand(input));
    await made.service.idle();
    return (await made.client.send(new GetJobCommand({ Id: Job!.Id }))).Job!;
  };
  const last = () => made.events.at(-1)!.detail;

  it("writes an HLS ladder with captions and stills, and announces it", async () => {
    source();
    const job = await submit(settingsOf(HLS, POSTER));
    expect(job).toMatchObject({ Status: "COMPLETE", JobPercentComplete: 100, Id: `${NOW}-abcdef` });
    expect(job.CreatedAt).toEqual(new Date(NOW));
    expect(
      made.objects
        .text("packaged", "ladder/a-1/index.m3u8")
        .replace(/(BANDWIDTH)=\d+/g, "$1=N")
        .replace(/4d40../g, "4d40NN"),
    ).toBe(
      [
        "#EXTM3U",
        "#EXT-X-VERSION:3",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="English",LANGUAGE="en",DEFAULT=NO,AUTOSELECT=YES,FORCED=NO,URI="index_en.m3u8"',
        '#EXT-X-STREAM-INF:BANDWIDTH=N,AVERAGE-BANDWIDTH=N,RESOLUTION=320x180,FRAME-RATE=25.000,CODECS="avc1.4d40NN,mp4a.40.2",SUBTITLES="subs"',
        "index_180p.m3u8",
        '#EXT-X-STREAM-INF:BANDWIDTH=N,AVERAGE-BANDWIDTH=N,RESOLUTION=160x90,FRAME-RATE=25.000,CODECS="avc1.4d40NN,mp4a.40.2",SUBTITLES="subs"',
        "index_90p.m3u8",
        "",
      ].join("\n"),
    );
    expect(made.objects.text("packaged", "ladder/a-1/index_90p.m3u8")).toContain(
      "#EXT-X-MEDIA-SEQUENCE:1\n#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:1.000000,\nindex_90p_00001.ts\n#EXTINF:1.000000,\nindex_90p_00002.ts\n#EXT-X-ENDLIST",
    );
    expect(made.objects.text("packaged", "ladder/a-1/index_en_00002.vtt")).toBe(
      "WEBVTT\nX-TIMESTAMP-MAP=MPEGTS:133200,LOCAL:00:00:00.000\n\n00:00:00.200 --> 00:00:01.500\nacross the cut\n",
    );
    expect(made.objects.types.get("packaged/posters/a/1/poster.0000001.jpg")).toBe("image/jpeg");
    expect(made.objects.types.get("packaged/ladder/a-1/index_180p_00001.ts")).toBe("video/mp2t");
    expect(made.objects.types.get("packaged/ladder/a-1/index.m3u8")).toBe("application/vnd.apple.mpegurl");
    expect(made.events.map(({ detail }) => detail.status).filter((status) => status !== "STATUS_UPDATE")).toEqual([
      "PROGRESSING",
      "INPUT_INFORMATION",
      "COMPLETE",
    ]);
    const base = "s3://packaged/ladder/a-1/index";
    const quality = { averageBitrate: expect.any(Number), qvbrAvgQuality: 7, qvbrMinQuality: 7, qvbrMaxQuality: 7 };
    expect(made.events.at(-1)).toEqual({
      source: "aws.mediaconvert",
      detailType: "MediaConvert Job State Change",
      resources: [`arn:aws:mediaconvert:eu-west-1:000000000000:jobs/${NOW}-abcdef`],
      detail: {
        timestamp: NOW, accountId: "000000000000", queue: QUEUE, jobId: `${NOW}-abcdef`, status: "COMPLETE",
        userMetadata: { assetId: "a" }, paddingInserted: 0, warnings: [],
        outputGroupDetails: [
          {
            type: "HLS_GROUP",
            playlistFilePaths: [`${base}.m3u8`],
            outputDetails: [
              { outputFilePaths: [`${base}_180p.m3u8`], durationInMs: 2000, videoDetails: { widthInPx: 320, heightInPx: 180, ...quality } },
              { outputFilePaths: [`${base}_90p.m3u8`], durationInMs: 2000, videoDetails: { widthInPx: 160, heightInPx: 90, ...quality } },
              { outputFilePaths: [`${base}_en.m3u8`], durationInMs: 2000 },
            ],
          },
          {
            type: "FILE_GROUP",
            outputDetails: [
              { outputFilePaths: ["s3://packaged/posters/a/1/poster.0000001.jpg"], durationInMs: 2000, videoDetails: { widthInPx: 160, heightInPx: 90 } },
            ],
          },
        ],
      },
    }); // prettier-ignore
  }, 20_000);

  it("writes a single file that ffmpeg decodes, with its index in front", async () => {
    source();
    const job = await submit(settingsOf(FILM));
    expect(job).toMatchObject({ Status: "COMPLETE" });
    expect(last().outputGroupDetails).toEqual([
      {
        type: "FILE_GROUP",
        outputDetails: [
          {
            outputFilePaths: ["s3://packaged/downloads/a/1/a.mp4"],
            durationInMs: expect.closeTo(2000, -2),
            videoDetails: { widthInPx: 160, heightInPx: 90, averageBitrate: expect.any(Number), qvbrAvgQuality: 7, qvbrMinQuality: 7, qvbrMaxQuality: 7 },
          },
        ],
      },
    ]); // prettier-ignore
    expect(made.objects.types.get("packaged/downloads/a/1/a.mp4")).toBe("video/mp4");
    const file = join(made.directory, "s3/packaged/downloads/a/1/a.mp4");
    const bytes = readFileSync(file);
    expect(bytes.indexOf("moov")).toBeLessThan(bytes.indexOf("mdat"));
    const args = ["-nostdin", "-v", "error", "-i", file, "-map", "0:v", "-map", "0:a", "-f", "null", "-"];
    const { status, stderr } = spawnSync(ffmpeg!, args, { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  it("writes CMAF whose HLS and DASH manifests ffmpeg decodes", async () => {
    source();
    const job = await submit(settingsOf(CMAF));
    expect(job).toMatchObject({ Status: "COMPLETE" });
    const base = "s3://packaged/v1/a-1/index";
    expect(last().outputGroupDetails).toMatchObject([
      { type: "CMAF_GROUP", playlistFilePaths: [`${base}.mpd`, `${base}.m3u8`], outputDetails: [{}, {}, {}, {}] },
    ]);
    expect(made.objects.text("packaged", "v1/a-1/index.mpd")).toContain(
      'media="index$RepresentationID$_$Number%09d$.cmfv"',
    );
    for (const manifest of ["index.mpd", "index_180p.m3u8", "index_90p.m3u8", "index_audio.m3u8"]) {
      const playlist = join(made.directory, `s3/packaged/v1/a-1/${manifest}`);
      const args = ["-nostdin", "-v", "error", "-allowed_extensions", "ALL", "-i", playlist, "-f", "null", "-"];
      const { status, stderr } = spawnSync(ffmpeg!, args, { encoding: "utf8" });
      expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    }
    expect(made.objects.types.get("packaged/v1/a-1/index_audioinit.cmfa")).toBe("audio/mp4");
  }, 20_000);

  it("leaves audio out where the mezzanine is silent", async () => {
    source("-an");
    await submit(settingsOf(HLS, CMAF));
    expect(made.objects.text("packaged", "ladder/a-1/index.m3u8")).not.toContain("mp4a");
    expect(made.objects.text("packaged", "v1/a-1/index.m3u8")).not.toContain("TYPE=AUDIO");
    const details = last().outputGroupDetails as { outputDetails: unknown[] }[];
    expect(details.map(({ outputDetails }) => outputDetails.length)).toEqual([3, 3]);
  }, 20_000);

  it.each([
    ["nothing but sound", ["-vn", "-f", "mp4"], 1040, "the input has no video track (mp4), and outputs need one"],
    ["a file of text", undefined, 1040, "the input cannot be read: the file is text, not a video"],
  ])("ends in ERROR for %s", async (_name, args, code, message) => {
    if (args) source(...args);
    else made.objects.write("source", "uploads/a film.mp4", "this is no film\n");
    const job = await submit(settingsOf(HLS));
    expect(job).toMatchObject({ Status: "ERROR", ErrorCode: code, ErrorMessage: message });
    expect(last()).toMatchObject({
      status: "ERROR",
      errorCode: code,
      errorMessage: message,
      userMetadata: { assetId: "a" },
    });
  });

  it("ends in ERROR for a file that breaks off in the middle", async () => {
    source("-g", "5", "-movflags", "+faststart");
    const path = join(made.directory, "s3/source/uploads/a film.mp4");
    truncateSync(path, Math.floor(statSync(path).size / 2));
    await submit(settingsOf(HLS));
    expect(last()).toMatchObject({
      errorCode: 1040,
      errorMessage: expect.stringMatching(
        /^the input is damaged: it says 2\.0 s of video, \d\.\d s could be decoded$/,
      ) as string,
    });
    expect(made.objects.types.size).toBe(0);
  });

  it("ends in ERROR when the role may not write", async () => {
    source();
    const command = new CreateJobCommand({ Role: `${ROLE}-other`, Settings: settingsOf(HLS) });
    await made.client.send(command);
    await made.service.idle();
    expect(last()).toMatchObject({ errorCode: 1401, errorMessage: "Access Denied" });
  });

  it("ends in ERROR when the input is not there", async () => {
    await submit(settingsOf(HLS));
    expect(last()).toMatchObject({ errorCode: 1404, errorMessage: "The specified key does not exist." });
  });

  it("probes a file as the caller", async () => {
    source();
    const { ProbeResults } = await made.client.send(new ProbeCommand({ InputFiles: [{ FileUrl: INPUT }] }));
    expect(ProbeResults).toMatchObject([
      {
        Container: {
          Format: "mp4",
          Duration: 2,
          Tracks: [
            { Index: 1, TrackType: "video", Codec: "AVC", VideoProperties: { Width: 320, Height: 180, FrameRate: { Numerator: 25, Denominator: 1 } } },
            { Index: 2, TrackType: "audio", Codec: "AAC", AudioProperties: { Channels: 2, SampleRate: 48000 } },
          ],
        },
        TrackMappings: [{ VideoTrackIndexes: [1], AudioTrackIndexes: [2], DataTrackIndexes: [] }],
      },
    ]); // prettier-ignore
  });

  it("refuses to probe what is no media", async () => {
    made.objects.write("source", "uploads/a film.mp4", "");
    const sent = made.client.send(new ProbeCommand({ InputFiles: [{ FileUrl: INPUT }] }));
    await expect(sent).rejects.toMatchObject({
      name: "BadRequestException",
      message: "Unable to probe s3://source/uploads/a film.mp4: the file is empty (0 bytes)",
    });
  });

  it("runs a job again that a stop interrupted", async () => {
    source();
    const { Job } = await made.client.send(new CreateJobCommand({ Role: ROLE, Settings: settingsOf(HLS) }));
    await made.service.stop();
    expect(last().status).not.toBe("COMPLETE");
    const again = made.restart();
    await again.idle();
    expect(last()).toMatchObject({ status: "COMPLETE", jobId: Job!.Id });
  }, 20_000);

  it("cancels a job that runs, once", async () => {
    source();
    const { Job } = await made.client.send(new CreateJobCommand({ Role: ROLE, Settings: settingsOf(HLS) }));
    await made.client.send(new CancelJobCommand({ Id: Job!.Id }));
    await made.service.idle();
    expect(last().status).toBe("CANCELED");
    await expect(made.client.send(new CancelJobCommand({ Id: Job!.Id }))).rejects.toMatchObject({
      name: "ConflictException",
      message: `Job ${Job!.Id} cannot be canceled: its status is CANCELED`,
    });
  });
});
