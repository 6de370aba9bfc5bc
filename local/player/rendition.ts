import { bitrate } from "./format";

/** One quality of a title, whatever the protocol calls it. */
export interface Rendition {
  /** The engine's own id. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** Bits per second, as the manifest declares. */
  readonly bitrate: number;
}

/** What the viewer asked for: `auto`, the engine's choice, or the id of one rendition. */
export type Choice = string;

/** `720` for 1280x720 and for a portrait 720x1280: the name of a quality is its short side. */
export function lines(rendition: Pick<Rendition, "width" | "height">): number {
  return Math.min(rendition.width || rendition.height, rendition.height || rendition.width);
}

/** `720p · 3.0 Mbit/s`; without a size in the manifest only the bitrate. */
export function label(rendition: Rendition): string {
  const side = lines(rendition);
  return side > 0 ? `${side}p · ${bitrate(rendition.bitrate)}` : bitrate(rendition.bitrate);
}

/** `240p → 720p`; with bitrates where the sizes do not tell two renditions apart. */
export function change(from: Rendition, to: Rendition): string {
  if (lines(from) === 0 || lines(from) === lines(to)) return `${label(from)} → ${label(to)}`;
  return `${lines(from)}p → ${lines(to)}p`;
}

/** Best first. */
export function bestFirst(renditions: readonly Rendition[]): Rendition[] {
  return [...renditions].sort((a, b) => lines(b) - lines(a) || b.bitrate - a.bitrate);
}

/** Share of the best rendition's bitrate, 0-1, on a square-root scale so that the low rungs stay visible. */
export function share(rendition: Rendition, renditions: readonly Rendition[]): number {
  const most = Math.max(...renditions.map((each) => each.bitrate), 1);
  return Math.sqrt(rendition.bitrate / most);
}
