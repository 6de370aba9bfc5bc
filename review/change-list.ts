import type { Change, ChangeKind } from "./changes";
import { attributeLine, code, folded } from "./markdown";
import { UNKNOWN } from "./mask";
import type { Json } from "./plan";
import { LEVELS, type Level, type SectionName, typeCounts, typeNames } from "./levels";

/** GitHub refuses a comment of more than 65,536 characters; what stands around the list needs some of them. */
export const MAXIMUM_CHARACTERS = 60_000;

export interface ChangeListInput {
  /** What was planned: the name of a stack or an environment. */
  readonly title: string;
  readonly changes: readonly Change[];
  readonly outputs: readonly Change[];
  readonly drift: readonly Change[];
}

interface Section {
  readonly name: SectionName;
  readonly title: string;
  /** Stands open: a reader must not be able to overlook it. */
  readonly open: boolean;
  readonly changes: readonly Change[];
}

/**
 * The changes of a plan as Markdown: the verdict, a table of numbers, and a list by kind. What destroys stands first and
 * open, everything else is folded. Above the limit, detail goes before lines and harmless lines before others; what is
 * destroyed, replaced or forgotten keeps its address.
 */
export function changeListMarkdown(input: ChangeListInput, limit = MAXIMUM_CHARACTERS): string {
  const sections = sectionsOf(input);
  let text = "";
  for (const [at, level] of LEVELS.entries()) {
    text = render(input.title, sections, level, at > 0);
    if (text.length <= limit) return text;
  }
  return `${head(input.title, sections).join("\n")}\n**The list does not fit ${limit} characters even as bare addresses: read the plan itself before anything is applied.**\n`;
}

function sectionsOf({ changes, outputs, drift }: ChangeListInput): Section[] {
  const of = (kind: ChangeKind) => changes.filter((change) => change.kind === kind);
  const moved = changes.filter(({ previousAddress }) => previousAddress !== undefined);
  const imported = changes.filter(({ importId }) => importId !== undefined);
  const sections: Section[] = [
    { name: "destroyed", title: "Destroyed", open: true, changes: of("delete") },
    { name: "replaced", title: "Replaced: destroyed and made anew", open: true, changes: of("replace") },
    { name: "forgotten", title: "Forgotten: left in AWS, no longer managed", open: true, changes: of("forget") },
    { name: "changed", title: "Changed in place", open: false, changes: of("update") },
    { name: "added", title: "Added", open: false, changes: of("create") },
    { name: "moved", title: "Moved: another address, the same resource", open: false, changes: moved },
    { name: "imported", title: "Imported", open: false, changes: imported },
    { name: "read", title: "Read at apply", open: false, changes: of("read") },
    { name: "outputs", title: "Outputs", open: false, changes: outputs },
    { name: "drift", title: "Changed outside Terraform", open: false, changes: drift },
  ];
  return sections.filter((section) => section.changes.length > 0);
}

function render(title: string, sections: readonly Section[], level: Level, isFolded: boolean): string {
  const note = isFolded ? ["Shortened to fit a comment; `--format json` shows everything.", ""] : [];
  const body = sections.flatMap((section) => {
    const name = `${section.title} (${section.changes.length})`;
    const lines = linesOf(section, level);
    return section.open ? [`### ${name}`, "", ...lines, ""] : folded(name, lines);
  });
  return `${[...head(title, sections), ...note, ...body].join("\n").trimEnd()}\n`;
}

function head(title: string, sections: readonly Section[]): string[] {
  const count = (name: SectionName) => sections.find((section) => section.name === name)?.changes.length ?? 0;
  const table: [string, number][] = (
    ["destroyed", "replaced", "forgotten", "changed", "added", "moved", "imported"] as const
  ).map((name) => [name, count(name)]);
  return [
    `## ${code(title)}: ${verdict(count)}`,
    "",
    `| ${table.map(([name]) => name).join(" | ")} |`,
    `|${" ---: |".repeat(table.length)}`,
    `| ${table.map(([, number]) => number).join(" | ")} |`,
    "",
  ];
}

function verdict(count: (name: SectionName) => number): string {
  const lost = [`${count("destroyed")} destroyed`, `${count("replaced")} replaced`].filter(
    (text) => !text.startsWith("0"),
  );
  if (lost.length > 0) return `${lost.join(", ")}: read these first`;
  const gentle = (["forgotten", "changed", "added", "moved", "imported", "read", "outputs"] as const).filter(count);
  if (gentle.length > 0) return "nothing is destroyed or replaced";
  return count("drift") > 0 ? "no changes, but something was changed outside Terraform" : "no changes";
}

function linesOf({ name, changes }: Section, level: Level): string[] {
  const form = level[name];
  if (form === "types") return typeCounts(changes);
  if (form === "names") return typeNames(changes);
  return changes.flatMap((change) => [headline(name, change), ...details(name, change, form)]);
}

function headline(section: SectionName, change: Change): string {
  const path = change.constructPath === undefined ? "" : ` in ${code(change.constructPath)}`;
  const from = change.previousAddress === undefined ? "" : `, moved from ${code(change.previousAddress)}`;
  const id = change.importId === undefined ? "" : `, imported as ${code(change.importId)}`;
  const why = change.reason === undefined ? "" : `: ${change.reason}`;
  const forced = change.replacePaths.length === 0 ? "" : ` (${change.replacePaths.map(code).join(", ")})`;
  const kind = section === "outputs" || section === "drift" ? `, ${WORDS[change.kind]}` : "";
  return `- ${code(change.address)}${path}${kind}${from}${id}${why}${forced}`;
}

const WORDS: Readonly<Record<ChangeKind, string>> = {
  delete: "destroyed",
  replace: "replaced",
  forget: "forgotten",
  update: "changed",
  create: "added",
  move: "moved",
  import: "imported",
  read: "read",
  "no-op": "unchanged",
};

/** Moves and imports that change something besides show it among the changed. What is destroyed or read has no news. */
const WITH_DETAILS: readonly SectionName[] = ["replaced", "changed", "added", "outputs", "drift"];

/** What is new is known by what was asked for; what AWS will decide is named in one line. */
function details(section: SectionName, { kind, attributes }: Change, most: number): string[] {
  if (!WITH_DETAILS.includes(section) || most === 0) return [];
  const decided = attributes.filter(
    ({ before, after }) => after === UNKNOWN && (before === undefined || kind === "replace"),
  );
  const telling = attributes.filter(
    (change) => !decided.includes(change) && !(kind === "create" && isEmpty(change.after)),
  );
  const lines = telling.slice(0, most).map(attributeLine);
  const left = telling.length - lines.length;
  if (kind === "update" && attributes.length === 0)
    lines.push("  - no value changes, but what is marked sensitive may");
  if (left > 0) lines.push(`  - and ${left} more`);
  if (decided.length > 0 && kind !== "create")
    lines.push(`  - ${UNKNOWN}: ${decided.map(({ path }) => code(path)).join(", ")}`);
  return lines;
}

const isEmpty = (value: Json | undefined): boolean => value === "" || (Array.isArray(value) && value.length === 0);
