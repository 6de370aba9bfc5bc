/** Which parts of a value are sensitive, or unknown: `true` for the whole, or a tree of the same shape. */
export type Mask = boolean | readonly Mask[] | { readonly [key: string]: Mask } | null | undefined;

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

export type PlanAction = "no-op" | "create" | "read" | "update" | "delete" | "forget";

export interface PlannedChange {
  readonly actions: readonly PlanAction[];
  readonly before?: Json;
  readonly after?: Json;
  readonly after_unknown?: Mask;
  readonly before_sensitive?: Mask;
  readonly after_sensitive?: Mask;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id?: string; readonly unknown?: boolean };
}

export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly mode?: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly provider_name?: string;
  /** Key of an object that was to be destroyed before and still exists. */
  readonly deposed?: string;
  readonly change: PlannedChange;
  readonly action_reason?: string;
}

/**
 * The parts of `terraform show -json PLAN` that are judged.
 * @see https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export interface Plan {
  readonly format_version: string;
  readonly terraform_version?: string;
  readonly resource_changes: readonly ResourceChange[];
  readonly output_changes: Readonly<Record<string, PlannedChange>>;
  /** What was changed behind Terraform's back, as its refresh found it. */
  readonly resource_drift: readonly ResourceChange[];
  /** Values of the variables, in clear. */
  readonly variables?: Readonly<Record<string, { readonly value?: Json }>>;
  readonly configuration?: {
    readonly root_module?: { readonly variables?: Readonly<Record<string, { readonly sensitive?: boolean }>> };
  };
}

/** A file that is no plan, or a plan that must not be judged since it is not whole. The message holds no value of it. */
export class PlanError extends Error {
  override name = "PlanError";
}

const MAJOR = "1";
const MAKE_ONE = "make one with terraform plan -out=FILE and terraform show -json FILE";

/**
 * Reads `terraform show -json`.
 * @throws {PlanError} for what is no plan in format 1.x, and for a plan that stopped with an error or is not complete:
 * what such a plan does not show is not known to be harmless.
 */
export function readPlan(text: string): Plan {
  const document = parsed(text);
  if (typeof document.format_version !== "string" || typeof document.planned_values !== "object") {
    throw new PlanError(`the file is no plan in JSON: ${MAKE_ONE}`);
  }
  if (document.format_version.split(".")[0] !== MAJOR) {
    throw new PlanError(`the plan's format_version must be ${MAJOR}.x, got ${document.format_version}`);
  }
  if (document.errored === true) {
    throw new PlanError(
      "the plan stopped with an error and shows a part only: mend what terraform plan said, plan again",
    );
  }
  if (document.complete === false || nonEmpty(document.deferred_changes)) {
    throw new PlanError("the plan is not complete, some changes are deferred or targeted away: plan without -target");
  }
  return {
    format_version: document.format_version,
    terraform_version: document.terraform_version as string | undefined,
    resource_changes: (document.resource_changes ?? []) as ResourceChange[],
    output_changes: (document.output_changes ?? {}) as Plan["output_changes"],
    resource_drift: (document.resource_drift ?? []) as ResourceChange[],
    variables: document.variables as Plan["variables"],
    configuration: document.configuration as Plan["configuration"],
  };
}

/** A parser's message quotes the text around the mistake, which may be a secret: it is not passed on. */
function parsed(text: string): Record<string, unknown> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    throw new PlanError(`the file is no JSON: ${MAKE_ONE}`);
  }
  if (typeof document !== "object" || document === null) throw new PlanError(`the file is no plan: ${MAKE_ONE}`);
  return document as Record<string, unknown>;
}

const nonEmpty = (value: unknown): boolean => Array.isArray(value) && value.length > 0;
