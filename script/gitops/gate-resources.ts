import { judgeCloudFormation } from "./gate-cloudformation";
import { type AllowedTypes, blocks, excerpt, isObject, onlyKeys, type Values, type Violation } from "./gate-rules";

const LIFECYCLE = ["create_before_destroy", "prevent_destroy", "ignore_changes", "replace_triggered_by"];
/** Arguments that Terraform's own machine or another server fills at apply, so that no plan shows what is applied. */
const FROM_ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  aws_s3_object: ["source"],
  aws_lambda_function: ["filename"],
  aws_cloudformation_stack: ["template_url"],
};
const COMMANDS = ["provisioner", "connection"];
/** How many there are is shown, even when it is computed from a secret: one bit of it a resource. */
const NUMBERS = ["count", "for_each", "dynamic"];

/** Resources: types from the list, none that runs commands, reads files or uses a provider that is not configured. */
export function judgeResources(resource: unknown, allowed: AllowedTypes, providers: readonly string[]): Violation[] {
  if (resource === undefined) return [];
  if (!isObject(resource)) return onlyKeys(resource, "resource", ["types"]);
  return Object.entries(resource).flatMap(([type, named]) => {
    if (!allowed.resources.includes(type)) return [unknownType(type, named)];
    if (!isObject(named)) return onlyKeys(named, `resource.${type}`, ["names"]);
    return Object.entries(named).flatMap(([name, body]) =>
      isObject(body)
        ? judgeResource(type, `${type}.${name}`, body, allowed, providers)
        : onlyKeys(body, `${type}.${name}`, ["arguments"]),
    );
  });
}

function unknownType(type: string, named: unknown): Violation {
  const names = isObject(named) ? Object.keys(named).join(", ") : excerpt(named);
  return {
    where: `resource.${type}`,
    got: `a resource type that is not in the list (${names})`,
    allowed:
      "types of main's script/gitops/allowed-types.json; a new one is merged with its line there and planned on main",
  };
}

function judgeResource(
  type: string,
  address: string,
  body: Values,
  allowed: AllowedTypes,
  providers: readonly string[],
): Violation[] {
  const found: Violation[] = COMMANDS.filter((key) => body[key] !== undefined).map((key) => ({
    where: `${address}.${key}`,
    got: `a ${key} (${excerpt(body[key])})`,
    allowed: "no commands: what a resource is stands in its arguments",
  }));
  for (const key of NUMBERS.filter((each) => body[each] !== undefined)) {
    found.push({ where: `${address}.${key}`, got: excerpt(body[key]), allowed: "each resource by its own name" });
  }
  for (const argument of FROM_ELSEWHERE[type] ?? []) {
    if (body[argument] === undefined) continue;
    const where = `${address}.${argument}`;
    found.push({ where, got: excerpt(body[argument]), allowed: "content that stands in the plan, or an object in S3" });
  }
  if (body.provider !== undefined && !providers.includes(body.provider as string)) {
    found.push({ where: `${address}.provider`, got: excerpt(body.provider), allowed: providers.join(", ") });
  }
  found.push(...blocks(body.lifecycle).flatMap((block) => onlyKeys(block, `${address}.lifecycle`, LIFECYCLE)));
  if (type === "aws_cloudformation_stack") found.push(...judgeCloudFormation(address, body.template_body, allowed));
  return found;
}
