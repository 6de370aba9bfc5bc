import { uploadFile } from "../../../handlers/accept-uploads/file";

const MAXIMUM = 1000;
const read = (file: Record<string, unknown>) => uploadFile({ name: "night.mp4", size: 10, ...file }, MAXIMUM);

test("a file is told by its suffix, in any letter case", () => {
  expect(read({ name: "Night 1.MOV", type: "video/quicktime" })).toEqual({
    ok: true,
    value: { name: "Night 1.MOV", size: 10, contentType: "video/quicktime", isCaptions: false },
  });
  expect(read({ name: "night.en.vtt" })).toMatchObject({
    ok: true,
    value: { contentType: "text/vtt", isCaptions: true },
  });
});

test("letters of all scripts are taken, in one form", () => {
  expect(read({ name: "Müller.mp4" })).toMatchObject({ ok: true, value: { name: "Müller.mp4" } });
  expect(read({ name: "夜.mp4" })).toMatchObject({ ok: true });
});

test.each([
  "../night.mp4",
  "a/night.mp4",
  "a\\night.mp4",
  "..mp4",
  ".mp4",
  "night\u0000.mp4",
  "night\n.mp4",
  "night\u202e.mp4",
  "night%2f.mp4",
  "night?.mp4",
  "night#1.mp4",
  "${night}.mp4",
  "",
  "n".repeat(197) + ".mp4",
  7,
  undefined,
])("the name %j is refused", (name) => {
  expect(read({ name })).toEqual({
    ok: false,
    problem: {
      status: 400,
      code: "NAME_INVALID",
      message:
        "name must be a file's name of at most 200 characters: letters, digits, spaces and ._()'&,+!@=- after a letter or digit.",
    },
  });
});

test.each(["night.exe", "night", "night.mp4.html", "nightmp4"])(
  "the file %s is none that the platform takes",
  (name) => {
    expect(read({ name })).toEqual({
      ok: false,
      problem: {
        status: 415,
        code: "TYPE_NOT_ALLOWED",
        message:
          "The file's name must end in .mp4, .mov, .m4v, .mkv, .webm, .mxf, .avi, .mpg, .mpeg, .ts, .m2ts, .vtt.",
      },
    });
  },
);

test.each([
  ["night.mp4", "text/html", "The type must be that of a video, or left out."],
  ["night.mp4", 7, "The type must be that of a video, or left out."],
  ["night.vtt", "video/mp4", "The type must be that of captions, text/vtt, or left out."],
])("%s as %j is refused", (name, type, message) => {
  expect(read({ name, type })).toEqual({ ok: false, problem: { status: 415, code: "TYPE_NOT_ALLOWED", message } });
});

test.each([0, -1, 1.5, "10", Number.NaN, undefined])("the size %j is refused", (size) => {
  expect(read({ size })).toEqual({
    ok: false,
    problem: {
      status: 400,
      code: "SIZE_INVALID",
      message: "size must be the file's bytes, a whole number from 1.",
    },
  });
});

test("the largest file is taken, one byte more is not", () => {
  expect(read({ size: MAXIMUM })).toMatchObject({ ok: true });
  expect(read({ size: MAXIMUM + 1 })).toEqual({
    ok: false,
    problem: { status: 413, code: "TOO_LARGE", message: "A file must be at most 1000 bytes." },
  });
});
