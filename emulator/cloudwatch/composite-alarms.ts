import { AwsError, type AwsRequest, type AwsResponse, type AwsService } from "../../local/kernel/aws-service";
import type { XmlElement } from "../../local/services/s3/xml";
import { bodyText, withBody } from "../body-text";
import { writeXml, xml } from "../xml";
import { xmlService } from "../xml-service";

const NAMESPACE = "http://monitoring.amazonaws.com/doc/2010-08-01/";

interface CompositeAlarm {
  readonly arn: string;
  readonly region: string;
  /** As it was put: `AlarmName`, `AlarmActions.member.1`, ... */
  readonly form: URLSearchParams;
}

/** CloudWatch as moto has it, with the composite alarms that it has no call to make. */
export function withCompositeAlarms(cloudWatch: AwsService, account: string): AwsService {
  const alarms = new Map<string, CompositeAlarm>();
  return xmlService(cloudWatch.name, NAMESPACE, async (request) => {
    const body = await bodyText(request);
    const form = new URLSearchParams(body);
    const result = perform(alarms, form, regionOf(request), account);
    return result ? answer(form.get("Action") ?? "", result) : cloudWatch.handle(withBody(request, body));
  });
}

/** @returns what is answered; nothing where the call is about other alarms. */
function perform(
  alarms: Map<string, CompositeAlarm>,
  form: URLSearchParams,
  region: string,
  account: string,
): XmlElement[] | undefined {
  const byArn = alarms.get(form.get("ResourceARN") ?? "");
  const named = form.get("AlarmNames.member.1");
  const here = [...alarms.values()].filter((alarm) => alarm.region === region);
  const found = here.filter(({ form: put }) => named === null || put.get("AlarmName") === named);
  switch (form.get("Action")) {
    case "PutCompositeAlarm": {
      requireAlarms(form);
      const arn = `arn:aws:cloudwatch:${region}:${account}:alarm:${form.get("AlarmName")}`;
      alarms.set(arn, { arn, region, form });
      return [];
    }
    case "DescribeAlarms":
      if (form.get("AlarmTypes.member.1") !== "CompositeAlarm") return undefined;
      return [xml("MetricAlarms"), xml("CompositeAlarms", ...found.map(described))];
    case "DeleteAlarms":
      if (named === null || found.length === 0) return undefined;
      for (const { arn } of found) alarms.delete(arn);
      return [];
    case "ListTagsForResource":
      return byArn && [xml("Tags", ...tagsOf(byArn))];
    default:
      return undefined;
  }
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html */
function requireAlarms(form: URLSearchParams): void {
  if (/\b(ALARM|OK|INSUFFICIENT_DATA)\(/.test(form.get("AlarmRule") ?? "")) return;
  throw new AwsError("ValidationError", `The alarm rule names no alarm: ${form.get("AlarmRule") ?? ""}`);
}

function described({ arn, form }: CompositeAlarm): XmlElement {
  const list = (name: string): XmlElement =>
    xml(name, ...members(form, `${name}.member.`).map((value) => xml("member", value)));
  return xml(
    "member",
    xml("AlarmArn", arn),
    ...["AlarmName", "AlarmDescription", "AlarmRule"].map((name) => xml(name, form.get(name) ?? "")),
    xml("ActionsEnabled", form.get("ActionsEnabled") ?? "true"),
    ...["AlarmActions", "OKActions", "InsufficientDataActions"].map(list),
    xml("StateValue", "OK"),
  );
}

function tagsOf({ form }: CompositeAlarm): XmlElement[] {
  const values = members(form, "Tags.member.", ".Value");
  return members(form, "Tags.member.", ".Key").map((key, index) =>
    xml("member", xml("Key", key), xml("Value", values[index] ?? "")),
  );
}

function members(form: URLSearchParams, prefix: string, suffix = ""): string[] {
  const found: string[] = [];
  for (let index = 1; form.has(`${prefix}${index}${suffix}`); index += 1) {
    found.push(form.get(`${prefix}${index}${suffix}`) ?? "");
  }
  return found;
}

/** From the scope of the signature: `Credential=<id>/<date>/<region>/monitoring/aws4_request`. */
function regionOf({ headers }: AwsRequest): string {
  return headers.authorization?.split("/")[2] ?? "";
}

function answer(action: string, result: readonly XmlElement[]): AwsResponse {
  const metadata = xml("ResponseMetadata", xml("RequestId", "emulated"));
  const document = xml(`${action}Response`, xml(`${action}Result`, ...result), metadata);
  return { status: 200, headers: { "content-type": "text/xml" }, body: writeXml(document, NAMESPACE) };
}
