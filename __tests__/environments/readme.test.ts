import { readFileSync } from "node:fs";
import { join } from "node:path";
import schema from "../../environments/schema.json";

const README = join(__dirname, "..", "..", "environments", "README.md");

/** What is used of JSON Schema here. */
interface Schema {
  readonly type?: string;
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly default?: unknown;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly $ref?: string;
}

interface Row {
  readonly type: string;
  readonly default: string;
  readonly allowed: string;
}

const code = (value: unknown): string => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;

/** Every setting that holds a value, by its dotted path, as the table is to show it. */
function settings(of: Schema, path: string[] = [], standIn: unknown = undefined): [string, Row][] {
  return Object.entries(of.properties ?? {}).flatMap(([name, property]): [string, Row][] => {
    const own = [...path, name];
    const definition = property.$ref?.split("/").at(-1) as keyof typeof schema.definitions | undefined;
    const resolved = definition ? { ...schema.definitions[definition], ...property } : property;
    const given = resolved.default ?? (standIn as Record<string, unknown> | undefined)?.[name];
    if (resolved.properties) return settings(resolved, own, given);
    const required = (of.required ?? []).includes(name);
    const otherwise = required ? (isOptional(path) ? `required with \`${path.join(".")}\`` : "required") : "not set";
    const row = { type: typeOf(resolved), default: given === undefined ? otherwise : code(given) };
    return [[own.join("."), { ...row, allowed: allowedOf(resolved) }]];
  });
}

/** Whether a group may be left out, so that what it requires is required only with it. */
function isOptional(path: readonly string[]): boolean {
  let level: Schema = schema;
  return path.some((name) => {
    const optional = !(level.required ?? []).includes(name);
    level = level.properties?.[name] ?? {};
    return optional;
  });
}

function typeOf({ type, enum: values, const: only, items }: Schema): string {
  if (items) return items.enum ? "list of names" : "list of strings";
  return type ?? (values || only !== undefined ? "string" : "?");
}

function allowedOf(of: Schema): string {
  if (of.items) return `${of.minItems ? `${of.minItems} or more of ` : ""}${allowedOf(of.items)}`;
  if (of.const !== undefined) return code(of.const);
  if (of.enum) return of.enum.map(code).join(", ");
  if (of.pattern) return code(of.pattern);
  if (of.minimum !== undefined) return `${of.minimum} to ${of.maximum}`;
  if (of.minLength !== undefined) return `${of.minLength} character or more${of.maxLength ? `, ${of.maxLength} at most` : ""}`; // prettier-ignore
  return of.type === "boolean" ? "`true`, `false`" : "?";
}

/** The table's rows by setting; a row that stands twice is named. */
function documented(markdown: string): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const line of markdown.split("\n")) {
    const [, name = "", type = "", otherwise = "", allowed = "", effect = ""] = line.split("|").map((cell) => cell.trim()); // prettier-ignore
    const setting = /^`([\w$.]+)`$/.exec(name)?.[1];
    if (!setting) continue;
    if (rows.has(setting)) throw new Error(`environments/README.md: ${setting} stands twice`);
    if (effect === "") throw new Error(`environments/README.md: ${setting} does not say what changing it causes`);
    rows.set(setting, { type, default: otherwise, allowed });
  }
  return rows;
}

test("the README's tables show every setting of the schema and no other, with its type, default and what is allowed", () => {
  const shown = documented(readFileSync(README, "utf8"));
  expect(Object.fromEntries(shown)).toEqual(Object.fromEntries(settings(schema)));
});
