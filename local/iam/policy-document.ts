/** Who a statement of a resource policy is about: everyone, or by kind (`AWS`, `Service`, `Federated`) whom. */
export type PrincipalElement = "*" | Readonly<Record<string, readonly string[]>>;

/** Operator, key, values. */
export type ConditionElement = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

/** A statement of a policy, lists where the JSON may have a single value. */
export interface PolicyStatement {
  readonly sid?: string;
  readonly effect: "Allow" | "Deny";
  readonly actions?: readonly string[];
  readonly notActions?: readonly string[];
  readonly resources?: readonly string[];
  readonly notResources?: readonly string[];
  readonly principal?: PrincipalElement;
  readonly notPrincipal?: PrincipalElement;
  readonly conditions: ConditionElement;
}

type Body = Readonly<Record<string, unknown>>;

const ELEMENTS = [
  ...["Sid", "Effect", "Action", "NotAction", "Resource", "NotResource", "Principal", "NotPrincipal", "Condition"],
];

/**
 * Reads a policy's JSON.
 * @throws Error that names the statement, for what IAM would refuse or this reader does not know
 */
export function parsePolicy(text: string, where: string): PolicyStatement[] {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new Error(`${where}: the policy is not JSON`);
  }
  const { Version, Statement } = asBody(document, where);
  if (Version !== "2012-10-17") throw new Error(`${where}: Version must be 2012-10-17, got ${String(Version)}`);
  return [Statement].flat().map((statement, index) => parseStatement(statement, `${where}, statement ${index + 1}`));
}

function parseStatement(value: unknown, where: string): PolicyStatement {
  const body = asBody(value, where);
  const unknown = Object.keys(body).filter((name) => !ELEMENTS.includes(name));
  if (unknown.length > 0) {
    throw new Error(`${where}: ${unknown.join(", ")} is no element of a statement; there are ${ELEMENTS.join(", ")}`);
  }
  const { Effect: effect, Sid: sid } = body;
  if (effect !== "Allow" && effect !== "Deny") {
    throw new Error(`${where}: Effect must be Allow or Deny, got ${JSON.stringify(effect)}`);
  }
  if ((body.Action === undefined) === (body.NotAction === undefined)) {
    throw new Error(`${where}: must have Action or NotAction, one of them`);
  }
  return {
    ...(typeof sid === "string" ? { sid } : {}),
    effect,
    actions: optionalList(body.Action, `${where}: Action`),
    notActions: optionalList(body.NotAction, `${where}: NotAction`),
    resources: optionalList(body.Resource, `${where}: Resource`),
    notResources: optionalList(body.NotResource, `${where}: NotResource`),
    principal: principalElement(body.Principal, `${where}: Principal`),
    notPrincipal: principalElement(body.NotPrincipal, `${where}: NotPrincipal`),
    conditions: conditionElement(body.Condition, `${where}: Condition`),
  };
}

function principalElement(value: unknown, where: string): PrincipalElement | undefined {
  if (value === undefined) return undefined;
  if (value === "*") return value;
  const entries = Object.entries(asBody(value, where));
  return Object.fromEntries(entries.map(([kind, whom]) => [kind, list(whom, `${where}.${kind}`)]));
}

function conditionElement(value: unknown, where: string): ConditionElement {
  const operators = Object.entries(value === undefined ? {} : asBody(value, where));
  return Object.fromEntries(
    operators.map(([operator, keys]) => {
      const entries = Object.entries(asBody(keys, `${where}.${operator}`));
      return [operator, Object.fromEntries(entries.map(([key, values]) => [key, list(values, `${where}.${key}`)]))];
    }),
  );
}

function optionalList(value: unknown, where: string): readonly string[] | undefined {
  return value === undefined ? undefined : list(value, where);
}

/** JSON policies may write numbers and booleans without quotes. */
function list(value: unknown, where: string): readonly string[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  return items.map((item) => {
    if (typeof item === "string" || typeof item === "number" || typeof item === "boolean") return String(item);
    throw new Error(`${where} must be a string or a list of strings, got ${JSON.stringify(item)}`);
  });
}

function asBody(value: unknown, where: string): Body {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Body;
  throw new Error(`${where} must be an object, got ${Array.isArray(value) ? "a list" : typeof value}`);
}
