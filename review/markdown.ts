import type { AttributeChange } from "./difference";
import type { Json } from "./plan";

const LONGEST_VALUE = 160;
const HEAD = 110;
const TAIL = 40;

/** A code span that no text can leave: in one line, and the fence is longer than any run of backticks inside. */
export function code(text: string): string {
  const line = text.replace(/[\u0000-\u001f\u007f\u2028\u2029]/g, " ");
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const space = line === "" || /^[` ]|[` ]$/.test(line) ? " " : "";
  return `${fence}${space}${line}${space}${fence}`;
}

/** A value in one line; a long one keeps its beginning and its end. */
export function shown(value: Json | undefined): string {
  if (value === undefined) return "(none)";
  if (typeof value === "string" && /^\((sensitive|known after apply)\)$/.test(value)) return value;
  const text = JSON.stringify(value);
  const characters = [...text];
  if (characters.length <= LONGEST_VALUE) return code(text);
  const left = characters.length - HEAD - TAIL;
  return code(`${characters.slice(0, HEAD).join("")}... ${left} more ...${characters.slice(-TAIL).join("")}`);
}

export function attributeLine({ path, before, after }: AttributeChange): string {
  return `  - ${code(path)}: ${shown(before)} -> ${shown(after)}`;
}

/** A section that a reader opens. */
export function folded(title: string, body: readonly string[]): string[] {
  return ["<details>", `<summary>${title}</summary>`, "", ...body, "", "</details>", ""];
}
