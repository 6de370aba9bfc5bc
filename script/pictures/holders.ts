import type { Resources } from "../stack-resources";
import type { Kind } from "./graph";
import { grants, list, named, referred, spoken, statements, trusted } from "./read-stack";

export type Verb = "reads" | "writes";

/** Whoever holds the same rights, together. */
export interface Holder {
  readonly names: readonly string[];
  readonly kind: Kind;
  /** By address of a store, or by name of a service: the most that may be done there. */
  readonly reaches: ReadonlyMap<string, Verb>;
}

const STORES = ["aws_s3_bucket", "aws_dynamodb_table", "aws_secretsmanager_secret"];
const SERVICES: Readonly<Record<string, string>> = { mediaconvert: "mediaconvert", "mediapackage-vod": "mediapackage" };
const READS = /^(Get|List|Query|Describe|Head|Probe)/;
const SPOKEN: Readonly<Record<string, string>> = { mediaconvert: "MediaConvert", mediapackage: "MediaPackage VOD" };

export function holders(resources: Resources): Holder[] {
  const rights = new Map<string, Map<string, Verb>>();
  const give = (who: string, action: string, resource: string): void => {
    const to = reachedBy(action, resource);
    if (to === undefined) return;
    const held = rights.get(who) ?? new Map<string, Verb>();
    const verb = READS.test(action.split(":")[1] ?? "") ? "reads" : "writes";
    held.set(to, held.get(to) === "writes" ? "writes" : verb);
    rights.set(who, held);
  };
  for (const { role, action, resource } of grants(resources)) give(holderOf(resources, role), action, resource);
  for (const { action, resource } of bucketReaders(resources)) give("CloudFront", action, resource);
  return together(rights);
}

/** A function by its name, a service by its own, whatever roles it takes. */
function holderOf(resources: Resources, role: string): string {
  const service = trusted(resources, role);
  return service === "lambda" ? spoken(role) : (SPOKEN[service] ?? service);
}

/** What an action touches: a store of the stack, or a media service; logs, keys and dead letters are everybody's own. */
function reachedBy(action: string, resource: string): string | undefined {
  const store = referred(resource);
  if (store && STORES.includes(store.type)) return `${store.type}.${store.name}`;
  return SERVICES[action.split(":")[0] ?? ""];
}

function bucketReaders(resources: Resources): { action: string; resource: string }[] {
  return named(resources, "aws_s3_bucket_policy").flatMap((name) =>
    statements(resources.aws_s3_bucket_policy?.[name]?.policy)
      .filter(
        ({ Effect, Principal }) => Effect === "Allow" && JSON.stringify(Principal).includes("cloudfront.amazonaws"),
      )
      .flatMap(({ Action, Resource }) =>
        list(Action).flatMap((action) => list(Resource).map((resource) => ({ action, resource }))),
      ),
  );
}

function together(rights: ReadonlyMap<string, ReadonlyMap<string, Verb>>): Holder[] {
  const groups = new Map<string, Holder>();
  for (const [who, reaches] of rights) {
    const sorted = new Map([...reaches].sort(([a], [b]) => a.localeCompare(b)));
    const kind: Kind = /^[A-Z]/.test(who) ? (who === "CloudFront" ? "edge" : "service") : "function";
    const key = JSON.stringify([kind, [...sorted]]);
    groups.set(key, { names: [...(groups.get(key)?.names ?? []), who], kind, reaches: sorted });
  }
  return [...groups.values()];
}
