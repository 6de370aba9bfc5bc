import type { Resources } from "../stack-resources";
import type { Edge, Node } from "./graph";
import { grants, named, referred, spoken, stageOf } from "./read-stack";
import type { Part } from "./stages";

interface Pattern {
  readonly source?: readonly string[];
  readonly detail?: {
    readonly bucket?: { readonly name?: readonly string[] };
    readonly status?: readonly string[];
    readonly event?: readonly string[];
  };
}

/** Functions that events and the clock start, and what starts them. Rules that reach no function are alerts. */
export function handlers(resources: Resources): Part {
  const rules = named(resources, "aws_cloudwatch_event_rule").flatMap((rule) => {
    const target = referred(resources.aws_cloudwatch_event_target?.[rule]?.arn);
    return target?.type === "aws_lambda_function" ? [{ rule, handler: target.name }] : [];
  });
  const names = [...new Set(rules.map(({ handler }) => handler))];
  const scheduled = rules.filter(({ rule }) => scheduleOf(resources, rule) !== undefined);
  return {
    nodes: names.map((name): Node => {
      const clock = scheduled.find(({ handler }) => handler === name);
      const label = [spoken(name), ...said(resources, name), ...(clock ? [spokenRate(resources, clock.rule)] : [])];
      const frame = stageOf(resources, "aws_lambda_function", name);
      return { id: `function_${name}`, label, kind: "function", frame };
    }),
    edges: rules
      .filter(({ rule }) => scheduleOf(resources, rule) === undefined)
      .map(({ rule, handler }) => ({ ...eventOf(resources, rule), to: `function_${handler}` })),
  };
}

const scheduleOf = (resources: Resources, rule: string): unknown =>
  resources.aws_cloudwatch_event_rule?.[rule]?.schedule_expression;

/** `rate(1 minute)` as people say it. */
function spokenRate(resources: Resources, rule: string): string {
  const rate = /^rate\((.+)\)$/.exec(String(scheduleOf(resources, rule)))?.[1] ?? "by the clock";
  return `each ${rate.replace(/^1 /, "")}`;
}

function said(resources: Resources, handler: string): string[] {
  const writes = grants(resources).some(
    ({ role, action, resource }) =>
      role === handler && action === "dynamodb:UpdateItem" && referred(resource)?.name === "catalogue",
  );
  return writes ? ["writes the catalogue"] : [];
}

/** Where a rule's events come from, and what they say. */
function eventOf(resources: Resources, rule: string): Pick<Edge, "from" | "label"> {
  const pattern = resources.aws_cloudwatch_event_rule?.[rule]?.event_pattern;
  const { source = [], detail = {} } = JSON.parse(String(pattern)) as Pattern;
  switch (source[0]) {
    case "aws.s3":
      return { from: `bucket_${referred(detail.bucket?.name?.[0])?.name}`, label: "Object Created" };
    case "aws.mediaconvert":
      return { from: "mediaconvert", label: detail.status?.join(", ") };
    case "aws.mediapackage":
      return { from: "mediapackage", label: detail.event?.join(",<br>") };
    default:
      throw new Error(`aws_cloudwatch_event_rule.${rule}: the picture knows no events from ${source.join(", ")}`);
  }
}
