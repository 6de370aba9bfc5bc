import type { Deployment } from "../../terraform/deployment";
import { isObject } from "../json-protocol";
import { toWireNames } from "./wire-names";

export interface JobTemplate {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly queue?: string;
  readonly category?: string;
  readonly priority: number;
  /** Under the names on the wire. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly description?: string;
  readonly status: "ACTIVE" | "PAUSED";
  readonly type: "CUSTOM" | "SYSTEM";
  readonly pricingPlan: string;
}

/** What the deployment made in MediaConvert: read once, since nothing changes it while the platform runs. */
export interface MediaConvertResources {
  readonly templates: readonly JobTemplate[];
  readonly queues: readonly Queue[];
}

export function mediaConvertResources(deployment: Deployment): MediaConvertResources {
  return { templates: templatesOf(deployment), queues: queuesOf(deployment) };
}

/** `hashicorp/aws` has no job template, so they stand in CloudFormation stacks, as JSON inside JSON. */
function templatesOf(deployment: Deployment): JobTemplate[] {
  return deployment.all("aws_cloudformation_stack").flatMap(({ address, values }) => {
    const body: unknown = JSON.parse(textOf(values.template_body) ?? "{}");
    const resources = isObject(body) && isObject(body.Resources) ? Object.entries(body.Resources) : [];
    return resources.flatMap(([id, resource]) => {
      if (!isObject(resource) || resource.Type !== "AWS::MediaConvert::JobTemplate") return [];
      return [templateOf(deployment, `${address}: ${id}`, isObject(resource.Properties) ? resource.Properties : {})];
    });
  });
}

function templateOf(deployment: Deployment, where: string, properties: Record<string, unknown>): JobTemplate {
  const { Name: name, SettingsJson: given } = properties;
  if (typeof name !== "string") throw new Error(`${where}: Name must be a string, got ${JSON.stringify(name)}`);
  const settings: unknown = typeof given === "string" ? JSON.parse(given) : given;
  if (!isObject(settings)) throw new Error(`${where}: SettingsJson must be a JSON object, got ${typeof given}`);
  return {
    name,
    arn: arnOf(deployment, "jobTemplates", name),
    description: textOf(properties.Description),
    queue: textOf(properties.Queue),
    category: textOf(properties.Category),
    priority: typeof properties.Priority === "number" ? properties.Priority : 0,
    settings: toWireNames(settings) as Record<string, unknown>,
  };
}

/** Every account has the queue `Default` beside its own. */
function queuesOf(deployment: Deployment): Queue[] {
  const own = deployment.all("aws_media_convert_queue").map(({ values }): Queue => {
    const name = String(values.name);
    return {
      name,
      arn: textOf(values.arn) ?? arnOf(deployment, "queues", name),
      description: textOf(values.description),
      status: values.status === "PAUSED" ? "PAUSED" : "ACTIVE",
      type: "CUSTOM",
      pricingPlan: textOf(values.pricing_plan) ?? "ON_DEMAND",
    };
  });
  const arn = arnOf(deployment, "queues", "Default");
  return [...own, { name: "Default", arn, status: "ACTIVE", type: "SYSTEM", pricingPlan: "ON_DEMAND" }];
}

function arnOf({ region, account }: Deployment, kind: string, name: string): string {
  return `arn:aws:mediaconvert:${region}:${account}:${kind}/${name}`;
}

const textOf = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);
