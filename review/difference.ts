import { canonical, either, isList, isObject, marksAny, redacted, under } from "./mask";
import type { Json, Mask, PlannedChange } from "./plan";

/** An attribute that changes. Values are JSON with secrets and unknowns replaced; absent: there is none on that side. */
export interface AttributeChange {
  /** `tags.owner`, `origin[1].domain_name`; after `|`, a path inside a text that is JSON. */
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

interface Side {
  readonly value: Json | undefined;
  readonly sensitive: Mask;
  readonly unknown: Mask;
}

/** Every attribute that differs between before and after, smallest parts that can be named, in order of path. */
export function attributeChanges(change: PlannedChange): AttributeChange[] {
  const before = { value: change.before ?? undefined, sensitive: change.before_sensitive, unknown: false };
  const after = { value: change.after ?? undefined, sensitive: change.after_sensitive, unknown: change.after_unknown };
  return compare("", before, after);
}

function compare(path: string, before: Side, after: Side): AttributeChange[] {
  if (equal(before, after)) return [];
  const secret = before.sensitive === true || after.sensitive === true;
  if (secret || after.unknown === true) return [whole(path, before, after)];
  if (isBranch(before) && isBranch(after)) return compareObjects(path, before, after);
  if (isList(before.value) && isList(after.value)) return compareLists(path, before, after);
  return compareDocuments(path, before, after) ?? [whole(path, before, after)];
}

function equal(before: Side, after: Side): boolean {
  return !marksAny(after.unknown) && canonical(before.value ?? null) === canonical(after.value ?? null);
}

/** The root has no side where a resource is created or deleted: its attributes are then named one by one. */
const isBranch = ({ value, unknown }: Side): boolean => value === undefined || isObject(value) || isObject(unknown);

function compareObjects(path: string, before: Side, after: Side): AttributeChange[] {
  if (path !== "" && (before.value === undefined || after.value === undefined)) return [whole(path, before, after)];
  const keys = [before.value, after.value, after.unknown].flatMap((part) => (isObject(part) ? Object.keys(part) : []));
  return [...new Set(keys)]
    .sort()
    .flatMap((key) => compare(path === "" ? key : `${path}${step(key)}`, at(before, key), at(after, key)));
}

const step = (key: string): string => (/^[A-Za-z_][\w-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`);

function at({ value, sensitive, unknown }: Side, key: string | number): Side {
  const inner = isList(value) ? value[Number(key)] : isObject(value) ? value[key] : undefined;
  return { value: inner, sensitive: under(sensitive, key), unknown: under(unknown, key) };
}

/**
 * Sets come as lists, so that a position means little: elements that stand on both sides are left out, and what remains
 * is compared in order.
 */
function compareLists(path: string, before: Side, after: Side): AttributeChange[] {
  const olds = elements(before, after);
  const news = elements(after, before);
  const [gone, come] = withoutCommon(olds, news);
  if (gone.length === 0 && come.length === 0) return [whole(path, before, after)];
  const pairs = Math.min(gone.length, come.length);
  return [
    ...gone.slice(0, pairs).flatMap((old, n) => {
      const next = come[n];
      return next ? compare(`${path}[${next.index}]`, old.side, next.side) : [];
    }),
    ...gone.slice(pairs).map(({ index, side }) => whole(`${path}[${index}]`, side, NOTHING)),
    ...come.slice(pairs).map(({ index, side }) => whole(`${path}[${index}]`, NOTHING, side)),
  ];
}

interface Element {
  readonly index: number;
  readonly side: Side;
}

const NOTHING: Side = { value: undefined, sensitive: false, unknown: false };

/** Where one side's list has no mark and the other has, the mark is new or gone: it then counts for every element. */
function elements(of: Side, other: Side): Element[] {
  const values = isList(of.value) ? of.value : [];
  const others = isList(other.value) ? other.value.map((_, n) => under(other.sensitive, n)) : [];
  const borrowed = marksAny(of.sensitive) ? false : others.reduce(either, false);
  return values.map((_, index) => {
    const side = at(of, index);
    return { index, side: { ...side, sensitive: either(side.sensitive, borrowed) } };
  });
}

function withoutCommon(olds: readonly Element[], news: readonly Element[]): [Element[], Element[]] {
  const come = [...news];
  const gone = olds.filter((old) => {
    const found = come.findIndex((next) => equal(old.side, next.side));
    if (found >= 0) come.splice(found, 1);
    return found < 0;
  });
  return [gone, come];
}

/** Policies and templates are texts that hold JSON: what changes is named inside them. */
function compareDocuments(path: string, before: Side, after: Side): AttributeChange[] | undefined {
  const [old, next] = [document(before.value), document(after.value)];
  if (!old || !next) return undefined;
  const changes = compare(`${path}|`, { ...NOTHING, value: old }, { ...NOTHING, value: next });
  return changes.length === 0 ? undefined : changes.map((change) => ({ ...change, path: tidy(change.path) }));
}

const tidy = (path: string): string => path.replace("|.", "|");

function document(value: Json | undefined): Json | undefined {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as Json;
  } catch {
    return undefined;
  }
}

function whole(path: string, before: Side, after: Side): AttributeChange {
  const sensitive = before.sensitive === true || after.sensitive === true;
  const show = (side: Side) => redacted(side.value, sensitive || side.sensitive, side.unknown);
  return {
    path,
    ...(before.value === undefined || before.value === null ? {} : { before: show(before) }),
    ...(isAbsent(after) ? {} : { after: show(after) }),
  };
}

const isAbsent = ({ value, unknown }: Side): boolean => (value === undefined || value === null) && !marksAny(unknown);
