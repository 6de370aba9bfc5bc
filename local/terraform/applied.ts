import type { Deployment, Resource } from "./deployment";

/** What `terraform show -json` says of a resource, as far as it is read here. */
interface StateResource {
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** `terraform show -json` of a state, or `prior_state` of that of a plan. */
export interface StateDocument {
  readonly values?: {
    readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
    readonly root_module?: { readonly resources?: readonly StateResource[] };
  };
}

/**
 * A stack as it was applied: every value is what the provider read back from the account, nothing is evaluated. What
 * was left unset stands as null or empty text in a state, and is absent here, as it is in a synthesised stack.
 */
export function appliedDeployment(state: StateDocument, place: { account: string; region: string }): Deployment {
  const resources = (state.values?.root_module?.resources ?? []).filter(({ mode }) => mode === "managed").map(read);
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  return {
    ...place,
    all: (type) => resources.filter((resource) => resource.type === type),
    get(address) {
      const found = byAddress.get(address);
      if (found) return found;
      throw new Error(`the state has no ${address}; it has ${resources.length} resources`);
    },
  };
}

/** By type, what a provider reads back a second time: resources of their own hold it as well. */
const REPEATED: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ["inline_policy", "managed_policy_arns"],
};

function read({ type, name, address, values }: StateResource): Resource {
  const own = Object.entries(values).filter(([argument]) => !REPEATED[type]?.includes(argument));
  return { type, name, address, values: withoutUnset(Object.fromEntries(own)) };
}

/** A resource or a nested block; states hold blocks in lists. A map of the user's own, such as tags, stays as it is. */
function withoutUnset(block: Readonly<Record<string, unknown>>): Resource["values"] {
  const set = Object.entries(block).filter(([, value]) => value !== null && value !== "");
  return Object.fromEntries(set.map(([name, value]) => [name, Array.isArray(value) ? value.map(inList) : value]));
}

function inList(item: unknown): unknown {
  return typeof item === "object" && item !== null ? withoutUnset(item as Readonly<Record<string, unknown>>) : item;
}
