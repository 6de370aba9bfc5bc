import { type AttributeChange, attributeChanges } from "./difference";
import { concealed, secretsOf } from "./secrets";
import type { Plan, PlanAction, PlannedChange, ResourceChange } from "./plan";

/** A `move` or an `import` is one that changes nothing besides. */
export const KINDS = ["delete", "replace", "forget", "update", "create", "move", "import", "read", "no-op"] as const;
export type ChangeKind = (typeof KINDS)[number];

/** What a plan does to one resource. No value in it is secret. */
export interface Change {
  readonly address: string;
  readonly type: string;
  readonly kind: ChangeKind;
  /** Where the state has it until now, when that is elsewhere. */
  readonly previousAddress?: string;
  /** The id under which it is taken into the state. */
  readonly importId?: string;
  /** Its place among the stack's constructs. */
  readonly constructPath?: string;
  readonly attributes: readonly AttributeChange[];
  /** Attributes that cannot change in place. */
  readonly replacePaths: readonly string[];
  /** Why Terraform replaces or destroys it, in words. */
  readonly reason?: string;
}

/** @see https://developer.hashicorp.com/terraform/internals/json-format#change-representation */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: "its last creation failed half way",
  replace_because_cannot_update: "an attribute cannot change in place",
  replace_by_request: "-replace asks for it",
  replace_by_triggers: "replace_triggered_by asks for it",
  delete_because_no_resource_config: "it is no longer in the stack",
  delete_because_no_module: "its module is no longer in the stack",
  delete_because_wrong_repetition: "count or for_each came or went",
  delete_because_count_index: "count is smaller",
  delete_because_each_key: "for_each no longer has its key",
  delete_because_no_move_target: "it is moved to what is not in the stack",
};

/** Every resource that the plan touches, in order of address. `constructPaths` by address, from the synthesised stack. */
export function changesOf(plan: Plan, constructPaths: ReadonlyMap<string, string> = new Map()): Change[] {
  return toChanges(plan, plan.resource_changes, constructPaths).filter(({ kind }) => kind !== "no-op");
}

/** What was changed outside Terraform since its last run. */
export function driftOf(plan: Plan, constructPaths: ReadonlyMap<string, string> = new Map()): Change[] {
  return toChanges(plan, plan.resource_drift, constructPaths).filter(({ kind }) => kind !== "no-op" && kind !== "move");
}

/** Outputs that change, as changes of `output.<name>`. */
export function outputChangesOf(plan: Plan): Change[] {
  const outputs = Object.entries(plan.output_changes).map(([name, change]) => {
    const address = `output.${name}`;
    const value = attributeChanges(inValue(change));
    return { address, type: "output", kind: kindOf(change), attributes: value, replacePaths: [] };
  });
  return withoutSecrets(outputs, plan)
    .filter(({ kind }) => kind !== "no-op")
    .sort(byAddress);
}

/** An output is a bare value: it is compared as an attribute of that name. */
function inValue(change: PlannedChange): PlannedChange {
  const { before, after, after_unknown, before_sensitive, after_sensitive } = change;
  return {
    actions: change.actions,
    before: { value: before ?? null },
    after: { value: after ?? null },
    after_unknown: { value: after_unknown },
    before_sensitive: { value: before_sensitive },
    after_sensitive: { value: after_sensitive },
  };
}

function toChanges(
  plan: Plan,
  resources: readonly ResourceChange[],
  constructPaths: ReadonlyMap<string, string>,
): Change[] {
  const changes = resources.map((resource) => toChange(resource, constructPaths));
  return withoutSecrets(changes, plan).sort(byAddress);
}

/** Copies of secrets that no mark covers are hidden by their value. */
function withoutSecrets(changes: readonly Change[], plan: Plan): Change[] {
  const secrets = secretsOf(plan);
  return changes.map((change) => ({
    ...change,
    attributes: change.attributes.map((attribute) => ({
      ...attribute,
      ...(attribute.before === undefined ? {} : { before: concealed(attribute.before, secrets) }),
      ...(attribute.after === undefined ? {} : { after: concealed(attribute.after, secrets) }),
    })),
  }));
}

const byAddress = (one: Change, other: Change): number => (one.address < other.address ? -1 : 1);

function toChange(resource: ResourceChange, constructPaths: ReadonlyMap<string, string>): Change {
  const { change, previous_address: previous, deposed } = resource;
  const kind = kindOf(change, previous !== undefined && previous !== resource.address);
  return {
    address: deposed === undefined ? resource.address : `${resource.address} (deposed ${deposed})`,
    type: resource.type,
    kind,
    ...(previous === undefined || previous === resource.address ? {} : { previousAddress: previous }),
    ...(change.importing ? { importId: change.importing.id ?? "(known after apply)" } : {}),
    ...optional("constructPath", constructPaths.get(withoutIndex(resource.address))),
    attributes: ["no-op", "forget", "move", "import"].includes(kind) ? [] : attributeChanges(change),
    replacePaths: (change.replace_paths ?? []).map(pathText).sort(),
    ...optional("reason", resource.action_reason === undefined ? undefined : REASONS[resource.action_reason]),
  };
}

function kindOf({ actions, importing }: PlannedChange, moved = false): ChangeKind {
  const has = (action: PlanAction) => actions.includes(action);
  if (has("create") && (has("delete") || has("forget"))) return "replace";
  if (has("no-op")) return moved ? "move" : importing ? "import" : "no-op";
  return actions[0] ?? "no-op";
}

const optional = <K extends string>(key: K, value: string | undefined): { [key in K]?: string } =>
  value === undefined ? {} : ({ [key]: value } as { [key in K]: string });

/** `type.name[0]` and `type.name["key"]` are instances of `type.name`. */
export const withoutIndex = (address: string): string => address.replace(/\[(\d+|"(?:[^"\\]|\\.)*")\]$/, "");

const pathText = (path: readonly (string | number)[]): string =>
  path.reduce<string>((text, key) => (typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${key}` : key), "");
