import type { TerraformDocument } from "./document";
import { templateReferences } from "./expression";

/** `from` cannot be made before `to`: it reads one of its attributes, or waits for it. Both are addresses. */
export interface Dependency {
  readonly from: string;
  readonly to: string;
}

/** What each resource needs of the others, also by way of locals and `depends_on`; in order of address, each once. */
export function references(document: TerraformDocument): Dependency[] {
  return [...document.resources.values()].flatMap(({ address, arguments: values, dependsOn }) => {
    const targets = new Set(dependsOn);
    collect(values, document, targets, new Set());
    targets.delete(address);
    const known = [...targets].filter((target) => document.resources.has(target));
    return known.sort().map((to) => ({ from: address, to }));
  });
}

function collect(value: unknown, document: TerraformDocument, targets: Set<string>, locals: Set<string>): void {
  for (const text of strings(value)) {
    for (const { root, name } of templateReferences(text)) {
      if (root !== "local") targets.add(`${root}.${name}`);
      else if (!locals.has(name)) collect(document.locals.get(name), document, targets, locals.add(name));
    }
  }
}

/** Every string in a value, keys included, since both are templates. */
function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(strings);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => [key, ...strings(item)]);
}
