import { jsonLog } from "../../../../handlers/shared/log";
import { embeddedMetrics } from "../../../../local/services/cloudwatch/embedded-metrics";

test("what a handler's log counts and measures is read out of its lines", () => {
  const lines: string[] = [];
  jsonLog("register-asset", () => 7, (line) => lines.push(line), "dev")("TITLE_READY", { secondsToPlayable: 42 }); // prettier-ignore
  const common = { namespace: "Vod", dimensions: { environment: "dev" }, at: 7 };
  expect(lines.flatMap(embeddedMetrics)).toEqual([
    { ...common, name: "TitlesReady", value: 1 },
    { ...common, name: "SecondsToPlayable", value: 42 },
  ]);
});

test.each(["START", "{not json", "{}", '{"_aws":{}}', '{"_aws":{"Timestamp":1,"CloudWatchMetrics":[{}]}}'])(
  "there are none in %s",
  (line) => expect(embeddedMetrics(line)).toEqual([]),
);
