import { ExpressionError, type Value } from "./expression";
import { isObject } from "./expression/values";
import { packagingDomain } from "../services/mediapackage/domain";

/** Where a CloudFormation stack stands. */
export interface CloudFormationPlace {
  readonly account: string;
  readonly region: string;
  readonly partition?: string;
}

/** A resource of a CloudFormation body, `Ref` and `Fn::GetAtt` in its properties resolved. */
export interface CloudFormationResource {
  readonly logicalId: string;
  /** `AWS::MediaConvert::JobTemplate`, ... */
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

interface RawResource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}
type Attribute = (properties: RawResource["Properties"], place: CloudFormationPlace) => string;

const arn = (service: string, resource: string, { account, region, partition = "aws" }: CloudFormationPlace) =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;

/** By type, what `Ref` and each `Fn::GetAtt` give (docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/). */
const RETURN_VALUES: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = {
  "AWS::MediaConvert::JobTemplate": {
    Ref: ({ Name }) => String(Name),
    Name: ({ Name }) => String(Name),
    Arn: ({ Name }, place) => arn("mediaconvert", `jobTemplates/${String(Name)}`, place),
  },
  "AWS::MediaPackage::PackagingGroup": {
    Ref: ({ Id }) => String(Id),
    Arn: ({ Id }, place) => arn("mediapackage-vod", `packaging-groups/${String(Id)}`, place),
    DomainName: ({ Id }, place) => `https://${packagingDomain(place.account, place.region, String(Id))}`,
  },
  "AWS::MediaPackage::PackagingConfiguration": {
    Ref: ({ Id }) => String(Id),
    Arn: ({ Id }, place) => arn("mediapackage-vod", `packaging-configurations/${String(Id)}`, place),
  },
};

/** The outputs of a stack with this body, by name. */
export function stackOutputs(body: string, place: CloudFormationPlace): Record<string, Value> {
  const { resources, outputs } = parseBody(body);
  return Object.fromEntries(
    Object.entries(outputs).map(([name, output]) => {
      const value = resolve(isObject(output) ? output.Value : undefined, resources, place);
      if (typeof value !== "string") throw new ExpressionError(`the template's output ${name} must be a string`);
      return [name, value];
    }),
  );
}

/** The resources of a body, in its order, for the services that create them. */
export function stackResources(body: string, place: CloudFormationPlace): CloudFormationResource[] {
  const { resources } = parseBody(body);
  return Object.entries(resources).map(([logicalId, { Type, Properties }]) => ({
    logicalId,
    type: Type,
    properties: resolve(Properties, resources, place) as CloudFormationResource["properties"],
  }));
}

function parseBody(body: string): { resources: Record<string, RawResource>; outputs: Record<string, unknown> } {
  try {
    const { Resources = {}, Outputs = {} } = JSON.parse(body) as Record<string, Record<string, unknown> | undefined>;
    return { resources: Resources as Record<string, RawResource>, outputs: Outputs };
  } catch {
    throw new ExpressionError("template_body must be a CloudFormation template in JSON");
  }
}

function resolve(value: unknown, resources: Record<string, RawResource>, place: CloudFormationPlace): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => resolve(item, resources, place));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [name, operand] = entries.length === 1 ? (entries[0] ?? []) : [];
  if (name === "Ref" && typeof operand === "string") return returned(operand, "Ref", resources, place);
  if (name === "Fn::GetAtt") {
    const [logicalId = "", attribute = ""] = typeof operand === "string" ? operand.split(".") : (operand as string[]);
    return returned(logicalId, attribute, resources, place);
  }
  if (name?.startsWith("Fn::"))
    throw new ExpressionError(`${name} is not supported in a template: Ref and Fn::GetAtt are`);
  return Object.fromEntries(entries.map(([key, item]) => [key, resolve(item, resources, place)]));
}

function returned(
  id: string,
  attribute: string,
  resources: Record<string, RawResource>,
  place: CloudFormationPlace,
): string {
  const resource = resources[id];
  if (!resource) throw new ExpressionError(`the template has no ${id}; it has ${Object.keys(resources).join(", ")}`);
  const known = RETURN_VALUES[resource.Type];
  if (!known) throw new ExpressionError(`what ${resource.Type} returns is not known: add it to RETURN_VALUES`);
  const compute = known[attribute];
  if (!compute)
    throw new ExpressionError(`${resource.Type} returns ${Object.keys(known).join(", ")}, not ${attribute}`);
  return compute(resource.Properties, place);
}
