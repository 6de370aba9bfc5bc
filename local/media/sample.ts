import { runFfmpeg } from "./ffmpeg";

export const SAMPLE = { seconds: 20, width: 1920, height: 1080, frameRate: 25, sampleRate: 48_000 } as const;

/** Made once as a still and repeated: drawing it anew for each frame would take minutes. */
const STILL = "loop=loop=-1:size=1:start=0,setpts=N/25/TB";

/** A dusk over two ranges of hills that pass at different speeds, a sun on its arc, a clock and a progress bar. */
const PICTURE = [
  `color=c=black:s=960x540:r=25:d=0.04,format=gbrp,` +
    `geq=r='40+190*pow(Y/H\\,1.3)':g='50+95*pow(Y/H\\,1.6)':b='120-20*Y/H',` +
    `scale=1920:1080:flags=bicubic,format=yuv420p,${STILL}[sky]`,
  `color=c=black:s=280x280:r=25:d=0.04,format=rgba,geq=r=255:g='225-60*Y/H':b='140-60*Y/H':` +
    `a='255*clip((136-hypot(X-140\\,Y-140))/6\\,0\\,1)',format=yuva420p,${STILL}[sun]`,
  `color=c=black:s=1600x210:r=25:d=0.04,format=rgba,geq=r=62:g=48:b=96:` +
    `a='255*clip(Y-70-34*sin(X/83)-22*sin(X/37+1)-9*sin(X/13)\\,0\\,1)',` +
    `scale=3200:420:flags=bicubic,format=yuva420p,${STILL}[far]`,
  `color=c=black:s=2560x150:r=25:d=0.04,format=rgba,geq=r=24:g=22:b=48:` +
    `a='255*clip(Y-50-26*sin(X/120+2)-14*sin(X/41)\\,0\\,1)',` +
    `scale=5120:300:flags=bicubic,format=yuva420p,${STILL}[near]`,
  `color=c=0xffb45a:s=1920x12:r=25:d=20[bar]`,
  // The seconds that testsrc draws itself: drawtext needs a font, which a machine may not have.
  `testsrc=s=320x240:r=25:d=20,crop=64:52:224:94,drawbox=w=32:h=52:color=black:t=fill:enable='lt(t\\,10)',` +
    `scale=128:104:flags=neighbor,pad=160:136:16:16,format=yuv420p[clock]`,
  `[sky][sun]overlay=x=200+62*t:y=560-430*sin(PI*t/20):eval=frame[a]`,
  `[a][far]overlay=x=-60*t:y=660[b]`,
  `[b][near]overlay=x=-160*t:y=780[c]`,
  `[c][bar]overlay=x=-1920+96*t:y=1068[d]`,
  `[d][clock]overlay=x=60:y=60:shortest=1[v]`,
];

/** Two plucked voices: the left climbs an arpeggio twice a second, the right a scale once a second. */
const SOUND =
  `aevalsrc='0.25*sin(2*PI*t*262*pow(1.25992\\,mod(floor(t*2)\\,4)))*exp(-3*mod(t\\,0.5))|` +
  `0.25*sin(2*PI*t*392*pow(1.1225\\,mod(floor(t)\\,5)))*exp(-2*mod(t\\,1))':s=48000:d=20[s]`;

/** Makes the sample mezzanine, an MP4 of {@link SAMPLE}'s shape with H.264 and stereo AAC, at `path`. */
export function makeSample(program: string, path: string, signal?: AbortSignal): Promise<void> {
  return runFfmpeg({ program, args: sampleArguments(path), signal });
}

export function sampleArguments(path: string): string[] {
  const picture = ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-g", "50", "-pix_fmt", "yuv420p"];
  const sound = ["-c:a", "aac", "-b:a", "128k", "-ac", "2"];
  const graph = ["-filter_complex", [...PICTURE, SOUND].join(";"), "-map", "[v]", "-map", "[s]"];
  return [...graph, "-t", String(SAMPLE.seconds), ...picture, ...sound, "-movflags", "+faststart", `file:${path}`];
}
