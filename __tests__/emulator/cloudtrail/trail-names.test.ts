import { withTrailNames } from "../../../emulator/cloudtrail/trail-names";
import { operation, passedOn } from "../passed-on";

test.each(["StartLogging", "StopLogging", "DeleteTrail"])("%s of an ARN is passed on with the name", async (name) => {
  const { moto, passed } = passedOn("cloudtrail");
  await operation(withTrailNames(moto), name, { Name: "arn:aws:cloudtrail:eu-west-1:111111111111:trail/vod-dev" });
  await operation(withTrailNames(moto), name, { Name: "vod-dev" });
  expect(passed).toEqual(['{"Name":"vod-dev"}', '{"Name":"vod-dev"}']);
});

test("other calls are passed on as they are", async () => {
  const { moto, passed } = passedOn("cloudtrail");
  await operation(withTrailNames(moto), "GetTrail", { Name: "arn:aws:cloudtrail:a:1:trail/b" });
  expect(passed).toEqual(['{"Name":"arn:aws:cloudtrail:a:1:trail/b"}']);
});
