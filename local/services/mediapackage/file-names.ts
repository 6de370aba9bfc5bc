import type { CmafNames } from "../../media/cmaf-manifests";

const DIGITS = 5;

/** `video_720p.m3u8`, `video_720p_init.mp4`, `video_720p_00001.mp4`, `text_en_00001.vtt`, `text_en.vtt`. */
export const FILE_NAMES: CmafNames = {
  playlist: (id) => `${id}.m3u8`,
  init: (id) => `${id}_init.mp4`,
  segment: (id, _kind, number) => `${id}_${padded(number)}.mp4`,
  textSegment: (id, number) => `${id}_${padded(number)}.vtt`,
  textFile: (id) => `${id}.vtt`,
  initTemplate: () => "$RepresentationID$_init.mp4",
  segmentTemplate: () => `$RepresentationID$_$Number%0${DIGITS}d$.mp4`,
};

/** A segment of the HLS package. */
export function transportStreamName(id: string, number: number): string {
  return `${id}_${padded(number)}.ts`;
}

export type ChildExtension = "m3u8" | "mp4" | "ts" | "vtt";

/** What a name asks for: a playlist, or a whole file, without `part`. */
export interface ChildName {
  readonly id: string;
  readonly part?: "init" | number;
  readonly extension: ChildExtension;
}

/** Undefined for a name that none of the functions above gives. */
export function parseChildName(file: string): ChildName | undefined {
  const match = /^([a-z0-9_-]+?)(?:_(init|\d{5,}))?\.(m3u8|mp4|ts|vtt)$/.exec(file);
  if (!match) return undefined;
  const [, id, part, extension] = match;
  const number = part === undefined || part === "init" ? part : Number(part);
  // 000001 is not a name we gave, and must not become a second address of the same bytes.
  if (typeof number === "number" && padded(number) !== part) return undefined;
  return { id: id!, ...(number !== undefined && { part: number }), extension: extension as ChildExtension };
}

function padded(number: number): string {
  return String(number).padStart(DIGITS, "0");
}
