import { AwsError, type AwsRequest, type AwsResponse, type AwsService } from "../../local/kernel/aws-service";
import type { CloudFormationPlace } from "../../local/terraform/cloudformation";
import type { XmlElement } from "../../local/services/s3/xml";
import { writeXml, xml } from "../xml";
import { bodyText } from "../body-text";
import { xmlService } from "../xml-service";
import { type Stack, StackStore } from "./stack-store";

const NAMESPACE = "http://cloudformation.amazonaws.com/doc/2010-05-15/";

export interface CloudFormation extends AwsService {
  /** Every stack, and every resource in it. */
  names(): string[];
}

/** CloudFormation's query API as Terraform calls it, for the types of the stacks here, which moto does not know. */
export function createCloudFormation(place: CloudFormationPlace): CloudFormation {
  const stacks = new StackStore(place);
  const service = xmlService("cloudformation", NAMESPACE, (request) => answerTo(stacks, request));
  return { ...service, names: () => stacks.names() };
}

async function answerTo(stacks: StackStore, request: AwsRequest): Promise<AwsResponse> {
  const form = new URLSearchParams(await bodyText(request));
  const action = form.get("Action") ?? "";
  const result = perform(stacks, action, form);
  const document = xml(
    `${action}Response`,
    xml(`${action}Result`, ...result),
    xml("ResponseMetadata", xml("RequestId", "emulated")),
  );
  return { status: 200, headers: { "content-type": "text/xml" }, body: writeXml(document, NAMESPACE) };
}

function perform(stacks: StackStore, action: string, form: URLSearchParams): XmlElement[] {
  const name = form.get("StackName") ?? "";
  const body = (): string => form.get("TemplateBody") ?? "";
  switch (action) {
    case "CreateStack":
      return [xml("StackId", stacks.create(name, body(), tagsIn(form)).id)];
    case "UpdateStack":
      return [xml("StackId", stacks.update(name, body(), tagsIn(form)).id)];
    case "DeleteStack":
      stacks.delete(name);
      return [];
    case "DescribeStacks":
      return [xml("Stacks", described(stacks.get(name)))];
    case "GetTemplate":
      return [xml("TemplateBody", stacks.get(name).body)];
    default:
      throw new AwsError(
        "InvalidAction",
        `${action} is not answered by the emulator: add it to emulator/cloudformation`,
      );
  }
}

function tagsIn(form: URLSearchParams): Record<string, string> {
  const tags: Record<string, string> = {};
  for (let index = 1; form.has(`Tags.member.${index}.Key`); index += 1) {
    tags[form.get(`Tags.member.${index}.Key`) ?? ""] = form.get(`Tags.member.${index}.Value`) ?? "";
  }
  return tags;
}

function described(stack: Stack): XmlElement {
  return xml(
    "member",
    xml("StackId", stack.id),
    xml("StackName", stack.name),
    xml("CreationTime", stack.created.toISOString()),
    xml("StackStatus", stack.status),
    xml("DisableRollback", false),
    xml("Outputs", ...members(stack.outputs, "OutputKey", "OutputValue")),
    xml("Tags", ...members(stack.tags, "Key", "Value")),
  );
}

function members(values: Readonly<Record<string, unknown>>, key: string, value: string): XmlElement[] {
  return Object.entries(values).map(([name, given]) => xml("member", xml(key, name), xml(value, String(given))));
}
