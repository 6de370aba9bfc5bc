import type { CaptionDescription, CaptionSelector, ContainerType, Output } from "@aws-sdk/client-mediaconvert";
import { UNDETERMINED } from "./side-cars";

/** A captions file that goes into a job. */
export interface CaptionFile {
  readonly url: string;
  /** BCP 47. */
  readonly language: string;
}

/** The input's side of captions: one selector a file. */
export function captionSelectors(files: readonly CaptionFile[]): Record<string, CaptionSelector> {
  return Object.fromEntries(
    files.map(({ url }, index) => [
      selectorName(index),
      { SourceSettings: { SourceType: "WEBVTT", FileSourceSettings: { SourceFile: url } } },
    ]),
  );
}

/** The output's side: one WebVTT rendition a file, apart from video and audio, as HLS and CMAF want it. */
export function captionOutputs(files: readonly CaptionFile[], container: ContainerType): Output[] {
  return files.map(({ language }, index) => ({
    NameModifier: `_captions_${language.toLowerCase()}`,
    ContainerSettings: { Container: container },
    CaptionDescriptions: [description(language, index)],
  }));
}

function description(language: string, index: number): CaptionDescription {
  return {
    CaptionSelectorName: selectorName(index),
    CustomLanguageCode: language,
    LanguageDescription: languageName(language),
    DestinationSettings: { DestinationType: "WEBVTT" },
  };
}

/** MediaConvert's form of the name: `Caption Selector <N>`. */
function selectorName(index: number): string {
  return `Caption Selector ${index + 1}`;
}

/** What a player's menu shows: the language in itself (`Deutsch`), or a plain word when it is not known. */
function languageName(language: string): string {
  if (language === UNDETERMINED) return "Subtitles";
  return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
}
