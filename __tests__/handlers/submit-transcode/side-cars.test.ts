import { prefixBeside, prefixOfVideos, sideCarsOf, videosOf } from "../../../handlers/submit-transcode/side-cars";

const objects = (...keys: string[]) => keys.map((key) => ({ key, etag: `etag of ${key}` }));
const languages = (video: string, ...keys: string[]) =>
  sideCarsOf(video, objects(...keys)).map(({ key, language }) => [key, language]);

test("captions are beside a video by its name, with or without a language", () => {
  expect(languages("u/night.mp4", "u/night.mp4", "u/night.de.vtt", "u/night.vtt", "u/night.EN-gb.VTT")).toEqual([
    ["u/night.EN-gb.VTT", "en-GB"],
    ["u/night.de.vtt", "de"],
    ["u/night.vtt", "und"],
  ]);
});

test("the order of the listing makes no difference, and a language comes once", () => {
  const keys = ["u/night.en.vtt", "u/night.EN.vtt"];
  expect(languages("u/night.mp4", ...keys)).toEqual(languages("u/night.mp4", ...keys.reverse()));
  expect(languages("u/night.mp4", ...keys)).toEqual([["u/night.EN.vtt", "en"]]);
});

test("what is beside another name, or says no language, is no side-car", () => {
  expect(
    languages(
      "u/night.mp4",
      "u/nightfall.vtt",
      "u/night.draft.vtt",
      "u/night.en.srt",
      "u/night.en-a.vtt",
      "v/night.vtt",
    ),
  ).toEqual([]);
});

test("a video's neighbours are listed by its name without suffix", () => {
  expect(prefixBeside("u/a.b/night.final.mp4")).toBe("u/a.b/night.final.");
});

test.each([
  ["u/night.vtt", "u/night.", ["u/night.mp4", "u/night.MOV"]],
  ["u/night.en.vtt", "u/night.", ["u/night.mp4", "u/night.MOV", "u/night.en.mp4"]],
  ["u/night.draft.vtt", "u/night.draft.", []],
  ["u/.en.vtt", "u/.en.", []],
])("the videos of %s are found under %s", (sideCar, prefix, videos) => {
  expect(prefixOfVideos(sideCar)).toBe(prefix);
  const listed = objects("u/night.mp4", "u/night.MOV", "u/night.en.mp4", "u/night.en.vtt", "u/nightfall.mp4");
  expect(videosOf(sideCar, listed)).toEqual(videos);
});
