import { AAC, H264, picture, sound } from "./media";

/** Mezzanines as they come from the world, and what makes each of them odd. */
export const VIDEOS: readonly (readonly [what: string, name: string, seconds: number, args: readonly string[]])[] = [
  ["silent video", "silent.mp4", 3, [...picture("640x360", 3), ...H264]],
  ["portrait", "portrait.mp4", 3, [...picture("360x640", 3), ...sound(3), ...H264, ...AAC]],
  ["odd dimensions", "odd.mkv", 3, [...picture("427x241", 3), ...sound(3), "-c:v", "ffv1", ...AAC]],
  ["5.1 audio", "surround.mp4", 3, [...picture("640x360", 3), ...sound(3, "5.1"), ...H264, ...AAC]],
  [
    "variable frame rate",
    "vfr.mp4",
    4,
    [
      ...picture("640x360", 4, 30),
      ...sound(4),
      "-vf",
      "select='if(lt(t,2),1,not(mod(n,3)))'",
      "-vsync",
      "vfr",
      ...H264,
      ...AAC,
    ],
  ],
  [
    "interlaced video",
    "interlaced.mp4",
    2,
    [
      ...picture("720x576", 2, 50),
      ...sound(2),
      "-vf",
      "interlace",
      ...H264,
      "-x264opts",
      "tff=1",
      "-flags",
      "+ilme+ildct",
      ...AAC,
    ],
  ],
  ["one second long", "short.mp4", 1, [...picture("640x360", 1), ...sound(1), ...H264, ...AAC]],
  [
    "a name with spaces, plus, per cent and other letters",
    "Größe 100% + März 日本.mov",
    2,
    [...picture("426x240", 2), ...sound(2), ...H264, ...AAC],
  ],
  ["25 frames a second in AVI", "old.avi", 2, [...picture("426x240", 2), ...sound(2), "-c:v", "mpeg4", "-c:a", "mp3"]],
];
