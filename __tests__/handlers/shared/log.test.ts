import { jsonLog } from "../../../handlers/shared/log";
import { NOW, NOW_ISO } from "../support/titles";

function lines(act: (log: ReturnType<typeof jsonLog>) => void): unknown[] {
  const written: string[] = [];
  act(
    jsonLog(
      "mint-playback",
      () => NOW,
      (line) => written.push(line),
      "dev",
    ),
  );
  return written.map((line) => JSON.parse(line) as unknown);
}

test("a message is one line of JSON with its code and sentence from the catalogue", () => {
  expect(lines((log) => log("UPLOAD_DUPLICATE", { assetId: "a", version: undefined }))).toEqual([
    {
      assetId: "a",
      level: "info",
      code: "UPLOAD_DUPLICATE",
      message: "This upload is already on record",
      handler: "mint-playback",
      environment: "dev",
      time: NOW_ISO,
    },
  ]);
});

test("a message that is counted carries its metric in CloudWatch's embedded format", () => {
  expect(lines((log) => log("TITLE_READY"))).toEqual([
    expect.objectContaining({
      code: "TITLE_READY",
      TitlesReady: 1,
      _aws: {
        Timestamp: NOW,
        CloudWatchMetrics: [
          { Namespace: "Vod", Dimensions: [["environment"]], Metrics: [{ Name: "TitlesReady", Unit: "Count" }] },
        ],
      },
    }),
  ]);
});

test("a message that measures carries the values of its fields, with their units", () => {
  expect(lines((log) => log("TITLE_READY", { secondsToPlayable: 42 }))).toEqual([
    expect.objectContaining({
      secondsToPlayable: 42,
      SecondsToPlayable: 42,
      _aws: {
        Timestamp: NOW,
        CloudWatchMetrics: [
          {
            Namespace: "Vod",
            Dimensions: [["environment"]],
            Metrics: [
              { Name: "TitlesReady", Unit: "Count" },
              { Name: "SecondsToPlayable", Unit: "Seconds" },
            ],
          },
        ],
      },
    }),
  ]);
});

test("what concerns a version carries its correlation id, and what concerns none does not", () => {
  const [one, other] = lines((log) => {
    log("JOB_SUBMITTED", { assetId: "night-0123456789ab", version: "20" });
    log("PLAYBACK_MINTED", { assetId: "night-0123456789ab" });
  });
  expect(one).toMatchObject({ correlationId: "night-0123456789ab-20" });
  expect(other).not.toHaveProperty("correlationId");
});

test("a field cannot forge the code or the level", () => {
  expect(lines((log) => log("EVENT_REJECTED", { code: "X", level: "info" }))).toEqual([
    expect.objectContaining({ code: "EVENT_REJECTED", level: "error" }),
  ]);
});
