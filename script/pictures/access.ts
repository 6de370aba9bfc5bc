import type { Resources } from "../stack-resources";
import { type Edge, mermaid, type Node } from "./graph";
import { holders } from "./holders";
import { keyOf } from "./key-of";
import { named, spoken } from "./read-stack";

/** Stores that roles reach, by type: prefix of their nodes, and what they are called. */
const STORES = [
  ["aws_s3_bucket", "bucket"],
  ["aws_dynamodb_table", "table"],
  ["aws_secretsmanager_secret", "secret"],
] as const;

/** One picture of who reads and writes what, each store with the key that encrypts it. */
export function accessPicture(resources: Resources): string {
  const all = holders(resources);
  const reached = new Set(all.flatMap(({ reaches }) => [...reaches.keys()]));
  const stores = STORES.flatMap(([type, word]) =>
    named(resources, type).map((name): Node => ({
      id: `${type}.${name}`,
      label: [`${spoken(name)} ${word}`, keyOf(resources, type, name)],
      kind: "store",
    })),
  ).filter(({ id }) => reached.has(id));
  const services = ["mediaconvert", "mediapackage"].filter((id) => reached.has(id));
  const nodes: Node[] = [
    ...all.map(({ names, kind }, at): Node => ({ id: `holder${at}`, label: names, kind })),
    ...stores.map((store) => ({ ...store, id: safe(store.id) })),
    ...services.map((id): Node => ({ id, label: [SERVICES[id] ?? id], kind: "service" })),
  ];
  const edges = all.flatMap(({ reaches }, at) =>
    [...reaches].map(([store, verb]): Edge => ({ from: `holder${at}`, to: safe(store), label: verb })),
  );
  return mermaid({ direction: "LR", frames: [], nodes, edges });
}

const SERVICES: Readonly<Record<string, string>> = {
  mediaconvert: "MediaConvert's jobs",
  mediapackage: "MediaPackage's assets",
};

const safe = (id: string): string => id.replace(".", "_");
