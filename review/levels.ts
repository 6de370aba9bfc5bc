import type { Change } from "./changes";
import { code } from "./markdown";

export type SectionName =
  "destroyed" | "replaced" | "forgotten" | "changed" | "added" | "moved" | "imported" | "read" | "outputs" | "drift";

/** A line a resource with so many of its attributes; or the names by type; or the numbers by type. */
export type Form = number | "names" | "types";
export type Level = Readonly<Record<SectionName, Form>>;

const ALL: Level = {
  destroyed: Infinity,
  replaced: Infinity,
  forgotten: Infinity,
  changed: Infinity,
  added: Infinity,
  moved: Infinity,
  imported: Infinity,
  read: Infinity,
  outputs: Infinity,
  drift: Infinity,
};
const MINOR: Partial<Level> = {
  added: "types",
  moved: "types",
  imported: "types",
  read: "types",
  outputs: "types",
  drift: "types",
};

/** From everything to as little as can be said; what is destroyed, replaced or forgotten is named to the last. */
export const LEVELS: readonly Level[] = [
  ALL,
  { ...ALL, added: 0, outputs: 0 },
  { ...ALL, added: "names", outputs: 0, moved: "names", drift: "names", changed: 8 },
  { ...ALL, ...MINOR, changed: 3, replaced: 20 },
  { ...ALL, ...MINOR, changed: 0, replaced: 8 },
  { ...ALL, ...MINOR, changed: "names", replaced: 0 },
  { ...ALL, ...MINOR, changed: "types", replaced: 0 },
  { ...ALL, ...MINOR, changed: "types", replaced: "names", destroyed: "names", forgotten: "names" },
];

function byType(changes: readonly Change[]): [string, readonly Change[]][] {
  const types = [...new Set(changes.map(({ type }) => type))].sort();
  return types.map((type) => [type, changes.filter((change) => change.type === type)]);
}

/** `- aws_s3_object: 12` */
export const typeCounts = (changes: readonly Change[]): string[] =>
  byType(changes).map(([type, of]) => `- ${code(type)}: ${of.length}`);

/** One line a type: the addresses without what they share. */
export const typeNames = (changes: readonly Change[]): string[] =>
  byType(changes).map(([type, of]) => {
    const names = of.map(({ address }) => (address.startsWith(`${type}.`) ? address.slice(type.length + 1) : address));
    return `- ${code(`${type}.`)} ${names.map(code).join(", ")}`;
  });
