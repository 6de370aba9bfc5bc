import { objectCreated } from "../support/object-created";
import { only, SEQUENCER, setup } from "./setup";

test("captions that are there already go into the first job", async () => {
  const { handler, catalogue, jobs } = setup({}, ["uploads/night.mp4", "uploads/night.en.vtt"]);
  await handler(objectCreated({}));
  expect(only(catalogue)[0]).toMatchObject({
    captions: ["en"],
    sideCars: [{ key: "uploads/night.en.vtt", etag: "etag of uploads/night.en.vtt", language: "en" }],
  });
  expect(
    jobs[0]?.Settings?.Inputs?.[0]?.CaptionSelectors?.["Caption Selector 1"]?.SourceSettings?.FileSourceSettings,
  ).toEqual({
    SourceFile: "s3://source/uploads/night.en.vtt",
  });
});

describe("captions that arrive later", () => {
  const captions = objectCreated({ key: "uploads/night.en.vtt", sequencer: "aa" });

  test("re-prepare the title as a new version", async () => {
    const { handler, objects, jobs, catalogue } = setup({}, ["uploads/night.mp4"]);
    await handler(objectCreated({}));
    objects.push("uploads/night.en.vtt");
    await handler(captions);
    expect(jobs.map((job) => job.UserMetadata?.version)).toEqual([SEQUENCER, "aa"]);
    expect(catalogue.only()).toMatchObject({
      latest: "aa",
      versions: { aa: { status: "TRANSCODING", captions: ["en"] } },
    });
    await handler(captions);
    expect(jobs).toHaveLength(2);
  });

  test("that the job included already change nothing", async () => {
    const { handler, jobs, codes } = setup({}, ["uploads/night.mp4", "uploads/night.en.vtt"]);
    await handler(objectCreated({}));
    await handler(captions);
    expect([jobs.length, codes.at(-1)]).toEqual([1, "SIDE_CAR_INCLUDED"]);
  });

  test("beside no video, or before the video is on record, are left alone", async () => {
    const alone = setup({}, ["uploads/night.en.vtt"]);
    await alone.handler(captions);
    const early = setup({}, ["uploads/night.mp4", "uploads/night.en.vtt"]);
    await early.handler(captions);
    expect([alone.codes, early.codes]).toEqual([["SIDE_CAR_ALONE"], ["SIDE_CAR_ALONE"]]);
    expect([alone.catalogue.titles.size, early.catalogue.titles.size]).toEqual([0, 0]);
  });
});
