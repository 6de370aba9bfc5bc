import { kindOf, readUpload } from "../../../handlers/submit-transcode/upload";
import { objectCreated } from "../support/object-created";

test("an upload is read as S3 sent it: the key is not decoded, the sequencer in lower case", () => {
  const event = objectCreated({ key: "uploads/a+b%20c ü.mp4", sequencer: "0062E99A88DC407460", "version-id": "v7" });
  expect(readUpload(event)).toEqual({
    ok: true,
    value: {
      bucket: "source",
      key: "uploads/a+b%20c ü.mp4",
      etag: "etag-1",
      bytes: 1000,
      versionId: "v7",
      sequencer: "0062e99a88dc407460",
    },
  });
});

test("every problem of an event is named", () => {
  expect(readUpload({ source: "aws.s3", detail: { object: { key: "k", size: "1", sequencer: "zz" } } })).toEqual({
    ok: false,
    problem:
      'detail-type must be "Object Created", got nothing; ' +
      "detail.bucket.name must be a non-empty string, got nothing; " +
      "detail.object.etag must be a non-empty string, got nothing; " +
      'detail.object.size must be a number or absent, got "1"; ' +
      'detail.object.sequencer must be 1 to 32 hexadecimal digits, got "zz"',
  });
});

test.each([
  ["uploads/a.mp4", "mezzanine"],
  ["uploads/deep/er/A.MOV", "mezzanine"],
  ["uploads/a.m2ts", "mezzanine"],
  ["uploads/a.vtt", "side-car"],
  ["uploads/a.en.VTT", "side-car"],
  ["uploads/a.mp4.part", "other"],
  ["uploads/", "other"],
  ["uploads/notes.txt", "other"],
  ["drafts/a.mp4", "other"],
  ["uploadsx/a.mp4", "other"],
])("%s is a %s", (key, kind) => expect(kindOf(key, "uploads/")).toBe(kind));
