import { withCompositeAlarms } from "../../../emulator/cloudwatch/composite-alarms";
import type { AwsService } from "../../../local/kernel/aws-service";
import { call, refusalOf } from "../calls";
import { passedOn } from "../passed-on";

const PUT = {
  Action: "PutCompositeAlarm",
  AlarmName: "page",
  AlarmRule: 'ALARM("a") OR ALARM("b")',
  "AlarmActions.member.1": "arn:topic",
  "Tags.member.1.Key": "owner",
  "Tags.member.1.Value": "us",
};
const DESCRIBE = { Action: "DescribeAlarms", "AlarmTypes.member.1": "CompositeAlarm" };

const ask = (service: AwsService, form: Record<string, string>, region = "eu-west-1") =>
  call(service, "POST /", {
    body: new URLSearchParams(form).toString(),
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=a/20260101/${region}/monitoring/aws4_request` },
  });

test("a composite alarm is given back as it was put, in its Region, with its tags, until it is deleted", async () => {
  const { moto, passed } = passedOn("monitoring");
  const service = withCompositeAlarms(moto, "111111111111");
  await ask(service, PUT);
  const { body } = await ask(service, { ...DESCRIBE, "AlarmNames.member.1": "page" });
  expect(body).toContain("<AlarmName>page</AlarmName>");
  expect(body).toContain('<AlarmRule>ALARM("a") OR ALARM("b")</AlarmRule>');
  expect(body).toContain("<AlarmActions><member>arn:topic</member></AlarmActions>");
  expect((await ask(service, DESCRIBE, "us-east-1")).body).not.toContain("page");
  const ResourceARN = "arn:aws:cloudwatch:eu-west-1:111111111111:alarm:page";
  const tags = await ask(service, { Action: "ListTagsForResource", ResourceARN });
  expect(tags.body).toContain("<member><Key>owner</Key><Value>us</Value></member>");
  await ask(service, { Action: "DeleteAlarms", "AlarmNames.member.1": "page" });
  expect((await ask(service, DESCRIBE)).body).not.toContain("page");
  expect(passed).toEqual([]);
});

test("a rule that names no alarm is refused", async () => {
  const service = withCompositeAlarms(passedOn("monitoring").moto, "111111111111");
  expect(refusalOf(await ask(service, { ...PUT, AlarmRule: "a OR b" }))).toBe("400 ValidationError");
});

test("what is about other alarms is passed on as it was sent", async () => {
  const { moto, passed } = passedOn("monitoring");
  const service = withCompositeAlarms(moto, "111111111111");
  await ask(service, { Action: "DescribeAlarms", "AlarmTypes.member.1": "MetricAlarm" });
  await ask(service, { Action: "DeleteAlarms", "AlarmNames.member.1": "other" });
  await ask(service, { Action: "ListTagsForResource", ResourceARN: "arn:other" });
  await ask(service, { Action: "PutMetricAlarm", AlarmName: "other" });
  expect(passed).toEqual([
    "Action=DescribeAlarms&AlarmTypes.member.1=MetricAlarm",
    "Action=DeleteAlarms&AlarmNames.member.1=other",
    "Action=ListTagsForResource&ResourceARN=arn%3Aother",
    "Action=PutMetricAlarm&AlarmName=other",
  ]);
});
