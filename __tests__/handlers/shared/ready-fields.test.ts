import { readyFields } from "../../../handlers/shared/ready-fields";
import { ASSET, NOW, version } from "../support/titles";

test("a version that became playable says how long that took and how much was transcoded", () => {
  const renditions = ["240p", "480p"].map((name) => ({ name, width: 1, height: 1 }));
  const received = version("20", { durationSeconds: 90, renditions });
  expect(readyFields(ASSET, received, NOW + 61_400)).toEqual({
    assetId: ASSET,
    version: "20",
    secondsToPlayable: 61,
    renditionMinutes: 3,
  });
});

test("what is not known is left out", () => {
  const fields = readyFields(ASSET, version("20", { status: "PACKAGING" }), NOW);
  expect([fields.secondsToPlayable, fields.renditionMinutes]).toEqual([undefined, undefined]);
});
