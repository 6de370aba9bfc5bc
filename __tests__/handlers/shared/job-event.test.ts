import { matchJob, readJobEvent } from "../../../handlers/shared/job-event";
import { title, version } from "../support/titles";

const event = (detail: object) => ({
  source: "aws.mediaconvert",
  "detail-type": "MediaConvert Job State Change",
  detail,
});

test("a complete job gives its manifests and the length of its longest output", () => {
  const read = readJobEvent(
    event({
      status: "COMPLETE",
      jobId: "j1",
      userMetadata: { assetId: "a-0123456789ab", version: "1f" },
      outputGroupDetails: [
        {
          type: "CMAF_GROUP",
          playlistFilePaths: ["s3://p/v1/x/index.mpd", "s3://p/v1/x/index.m3u8"],
          outputDetails: [{ durationInMs: 19_960 }, { durationInMs: 20_020 }],
        },
        { type: "FILE_GROUP", outputDetails: [{ outputFilePaths: ["s3://p/poster.0000001.jpg"] }] },
      ],
    }),
  );
  expect(read).toEqual({
    ok: true,
    value: {
      outcome: "COMPLETE",
      jobId: "j1",
      assetId: "a-0123456789ab",
      version: "1f",
      playlists: ["s3://p/v1/x/index.mpd", "s3://p/v1/x/index.m3u8"],
      durationSeconds: 20.02,
    },
  });
});

test("what is no end of a job is refused with every problem", () => {
  expect(readJobEvent(event({ status: "PROGRESSING", userMetadata: { assetId: 7 } }))).toEqual({
    ok: false,
    problem:
      'detail.status must be "COMPLETE" or "ERROR" or "CANCELED", got "PROGRESSING"; ' +
      "detail.jobId must be a non-empty string, got nothing; " +
      "detail.userMetadata.assetId must be a string or absent, got 7",
  });
});

describe("which version waits for a job", () => {
  const job = { outcome: "COMPLETE", jobId: "j1", assetId: "a", version: "1", playlists: [] } as const;
  const submitted = { id: "j1", status: "SUBMITTED" } as const;

  test.each([
    ["the version that submitted it", version("1", { status: "TRANSCODING", job: submitted }), "open"],
    ["a version whose submission broke off", version("1", { status: "RECEIVED" }), "open"],
    ["a version of another job", version("1", { status: "TRANSCODING", job: { ...submitted, id: "j0" } }), "unknown"],
    ["another version", version("2", { status: "TRANSCODING" }), "unknown"],
    ["a version that is settled", version("1", { status: "PACKAGING", job: submitted }), "settled"],
    ["a version that failed", version("1", { status: "FAILED" }), "settled"],
  ])("%s", (_, found, kind) => expect(matchJob(title([found]), job).kind).toBe(kind));

  test("no title, or a job that names none", () => {
    expect(matchJob(undefined, job).kind).toBe("unknown");
    expect(matchJob(title([version("1")]), { ...job, version: undefined }).kind).toBe("unknown");
  });
});
