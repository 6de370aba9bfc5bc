import {
  BadRequestException,
  ForbiddenException,
  type MediaConvertClient,
  NotFoundException,
  TooManyRequestsException,
} from "@aws-sdk/client-mediaconvert";
import { mediaConvertEncoder } from "../../../handlers/submit-transcode/mediaconvert-encoder";

const META = { $metadata: {} };
const encoder = (answer: unknown) => {
  const send = () => (answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer));
  return mediaConvertEncoder({ send } as unknown as MediaConvertClient);
};
const JOB = { Role: "r", Settings: {} };

test("a probe gives the file's first result", async () => {
  const result = { Container: { Format: "mp4" } };
  expect(await encoder({ ProbeResults: [result] }).probe("s3://b/k", true)).toEqual({ ok: true, value: result });
});

test.each([
  ["a bad request", new BadRequestException({ ...META, message: "Unsupported container" }), "Unsupported container"],
  ["a file that is gone", new NotFoundException({ ...META, message: "no such key" }), "no such key"],
])("%s is about the file, and no job is submitted", async (_, error, why) => {
  expect(await encoder(error).probe("s3://b/k", true)).toEqual({
    ok: false,
    problem: { stage: "ingest", code: "UNREADABLE", reason: `The file cannot be read as video: ${why}` },
  });
});

test.each([
  ["throttling", new TooManyRequestsException({ ...META, message: "slow" })],
  ["a missing permission", new ForbiddenException({ ...META, message: "denied" })],
  ["a dead network", new Error("ECONNREFUSED")],
])("%s is thrown, since it says nothing about the file", async (_, error) => {
  await expect(encoder(error).probe("s3://b/k", true)).rejects.toBe(error);
  await expect(encoder(error).submit(JOB)).rejects.toBe(error);
});

test("a file that is refused and not listed is gone, since S3 does not say so to whoever may not list", async () => {
  const forbidden = new ForbiddenException({ ...META, message: "denied" });
  expect(await encoder(forbidden).probe("s3://b/k", false)).toEqual({
    ok: false,
    problem: { stage: "ingest", code: "GONE", reason: "The file is no longer there: it was deleted or moved." },
  });
  await expect(encoder(new Error("ECONNREFUSED")).probe("s3://b/k", false)).rejects.toThrow("ECONNREFUSED");
});

test("a job that MediaConvert refuses will be refused again", async () => {
  expect(await encoder(new BadRequestException({ ...META, message: "/outputGroups: bad" })).submit(JOB)).toEqual({
    ok: false,
    problem: { stage: "transcode", code: "JOB_REFUSED", reason: "MediaConvert refused the job: /outputGroups: bad" },
  });
});

test("a submitted job gives its id, and a template its settings", async () => {
  expect(await encoder({ Job: { Id: "j1" } }).submit(JOB)).toEqual({ ok: true, value: "j1" });
  expect(await encoder({ JobTemplate: { Settings: { OutputGroups: [] } } }).template("t")).toEqual({
    OutputGroups: [],
  });
});

test("answers without what was asked for are errors", async () => {
  await expect(encoder({}).submit(JOB)).rejects.toThrow(new Error("MediaConvert CreateJob answered without a job id"));
  await expect(encoder({}).template("t1")).rejects.toThrow(
    new Error("MediaConvert job template t1 has no settings; deploy the stack again"),
  );
});

describe("a job that was submitted before", () => {
  const sought = { queueArn: "arn:queue", assetId: "a", version: "1", since: "2026-03-01T12:00:00.000Z" };
  const job = (Id: string, version: string, minute: number) => ({
    Id,
    UserMetadata: { assetId: "a", version },
    CreatedAt: new Date(`2026-03-01T12:${String(minute).padStart(2, "0")}:00Z`),
  });

  function listing(...pages: unknown[][]) {
    const asked: unknown[] = [];
    const send = ({ input }: { input: unknown }) => {
      asked.push(input);
      const NextToken = asked.length < pages.length ? `page ${asked.length}` : undefined;
      return Promise.resolve({ Jobs: pages[asked.length - 1], NextToken });
    };
    return { asked, find: () => mediaConvertEncoder({ send } as unknown as MediaConvertClient).submitted(sought) };
  }

  test("is found by what its metadata names, on whichever page", async () => {
    const { asked, find } = listing([job("j3", "2", 9), { Id: "other" }], [job("j2", "1", 5)]);
    expect(await find()).toBe("j2");
    const page = { Queue: "arn:queue", Order: "DESCENDING", MaxResults: 20 };
    expect(asked).toEqual([page, { ...page, NextToken: "page 1" }]);
  });

  test("is not sought among jobs older than the version", async () => {
    const older = { ...job("j0", "2", 0), CreatedAt: new Date("2026-03-01T11:58:59Z") };
    const { asked, find } = listing([job("j3", "2", 9), older], [job("j2", "1", 5)]);
    expect([await find(), asked.length]).toEqual([undefined, 1]);
  });

  test("may not be there", async () => {
    expect(await listing([]).find()).toBeUndefined();
  });
});
