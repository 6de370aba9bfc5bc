import type { Resources } from "../stack-resources";

export const STAGES = ["ingest", "transcode", "package", "deliver", "entitle", "operate"] as const;
export type Stage = (typeof STAGES)[number];

/** Constructs at the top of the stack whose name is no stage. */
const PLACED: Readonly<Record<string, Stage>> = { uploads: "ingest" };

/** The stage in whose construct a resource stands; undefined for what stages share. */
export function stageOf(resources: Resources, type: string, name: string): Stage | undefined {
  const comment = resources[type]?.[name]?.["//"] as { metadata?: { path?: string } } | undefined;
  const top = comment?.metadata?.path?.split("/")[1] ?? "";
  return STAGES.find((stage) => stage === top) ?? PLACED[top];
}

export const named = (resources: Resources, type: string): string[] => Object.keys(resources[type] ?? {}).sort();

/** Type and name of the resource that an expression refers to first. */
export function referred(expression: unknown): { type: string; name: string } | undefined {
  const found = /\$\{(?:\w+\()?(aws_\w+)\.(\w+)[.[]/.exec(String(expression));
  return found ? { type: found[1] ?? "", name: found[2] ?? "" } : undefined;
}

export interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: unknown;
}

/** The statements of a policy document as it stands in the stack. */
export function statements(policy: unknown): Statement[] {
  return (JSON.parse(String(policy)) as { Statement: Statement[] }).Statement;
}

export const list = <T>(value: T | readonly T[] | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];

/** The AWS service that may take a role: `lambda`, `mediaconvert`. */
export function trusted(resources: Resources, role: string): string {
  const [statement] = statements(resources.aws_iam_role?.[role]?.assume_role_policy);
  const { Service: service = "" } = (statement?.Principal ?? {}) as { Service?: string };
  return service.split(".")[0] ?? "";
}

export interface Grant {
  readonly role: string;
  readonly action: string;
  readonly resource: string;
}

/** Every action that a role of the stack is allowed, on every resource, one by one. */
export function grants(resources: Resources): Grant[] {
  return named(resources, "aws_iam_role_policy").flatMap((name) => {
    const { role, policy } = resources.aws_iam_role_policy?.[name] ?? {};
    const holder = referred(role)?.name ?? name;
    return statements(policy)
      .filter(({ Effect }) => Effect === "Allow")
      .flatMap(({ Action, Resource }) =>
        list(Action).flatMap((action) => list(Resource).map((resource) => ({ role: holder, action, resource }))),
      );
  });
}

/** A name as people write it. */
export const spoken = (name: string): string => name.replaceAll("_", "-");
