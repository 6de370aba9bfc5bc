import { CAPTION_SUFFIX, VIDEO_SUFFIXES } from "../shared/media-files";
import type { SideCar } from "../shared/title";

/** An object of the source bucket, as its listing shows it. */
export interface StoredObject {
  readonly key: string;
  readonly etag: string;
}

/** Language of captions whose file name says none (ISO 639-2: undetermined). */
export const UNDETERMINED = "und";

/** Where the files beside a video are listed: `films/night.mp4` -> `films/night.`. */
export function prefixBeside(videoKey: string): string {
  return `${stemOf(videoKey)}.`;
}

/** The captions beside a video, one a language, in an order that does not depend on the listing's. */
export function sideCarsOf(videoKey: string, objects: readonly StoredObject[]): SideCar[] {
  const byLanguage = new Map<string, SideCar>();
  for (const { key, etag } of [...objects].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    const language = languageOf(key, stemOf(videoKey));
    if (language !== undefined && !byLanguage.has(language)) byLanguage.set(language, { key, etag, language });
  }
  return [...byLanguage.values()];
}

/** Where the videos that captions may belong to are listed. */
export function prefixOfVideos(sideCarKey: string): string {
  return `${possibleStems(sideCarKey).at(-1)}.`;
}

/** The videos that captions belong to: usually one, none when the captions came first. */
export function videosOf(sideCarKey: string, objects: readonly StoredObject[]): string[] {
  const stems = possibleStems(sideCarKey);
  return objects.map(({ key }) => key).filter((key) => isVideo(key) && stems.includes(stemOf(key)));
}

export function sameSideCars(a: readonly SideCar[], b: readonly SideCar[]): boolean {
  const text = (list: readonly SideCar[]) =>
    JSON.stringify(list.map(({ key, etag, language }) => [key, etag, language]));
  return text(a) === text(b);
}

/** `night.en.vtt` is the English captions of `night.*`, or captions without a language of `night.en.*`. */
function possibleStems(sideCarKey: string): string[] {
  const stem = stemOf(sideCarKey);
  const dot = stem.lastIndexOf(".");
  return dot > stem.lastIndexOf("/") + 1 && canonical(stem.slice(dot + 1)) ? [stem, stem.slice(0, dot)] : [stem];
}

function languageOf(key: string, videoStem: string): string | undefined {
  if (!key.startsWith(`${videoStem}.`) || !key.toLowerCase().endsWith(CAPTION_SUFFIX)) return undefined;
  const tag = key.slice(videoStem.length, -CAPTION_SUFFIX.length);
  return tag === "" ? UNDETERMINED : canonical(tag.slice(1));
}

/** `EN-gb` -> `en-GB`; undefined for what is no language tag. */
function canonical(tag: string): string | undefined {
  if (!/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined; // RangeError: well-formed at a glance, yet not a tag, such as `en-a`
  }
}

function isVideo(key: string): boolean {
  return VIDEO_SUFFIXES.some((suffix) => key.toLowerCase().endsWith(suffix));
}

function stemOf(key: string): string {
  return key.slice(0, key.lastIndexOf("."));
}
