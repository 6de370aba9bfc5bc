import { markdownTable } from "../../script/iam/markdown-table";
import { type Attack, CONTROLS } from "./attack";
import { MUTATIONS } from "./mutations";

const [BEGIN, END] = ["<!-- attacks: begin -->", "<!-- attacks: end -->"] as const;

/** A cell's text: a bar would end the cell. */
const cell = (text: string): string => text.replaceAll("|", "\\|");

/** One table a control, in the controls' order, each with what is proved to happen without it. */
export function attackTables(attacks: readonly Attack[]): string {
  return CONTROLS.map((control) => {
    const rows = attacks.filter((attack) => attack.control === control);
    const table = markdownTable(
      ["attack", "what is sent", "outcome", "answer"],
      rows.map(({ id, sent, outcome, answer }) => [`\`${id}\``, cell(sent), outcome, cell(answer)]),
    );
    return `### ${heading(control)}\n\n${withoutIt(control)}\n\n${table}`;
  }).join("\n\n");
}

/** The document with its tables made anew; the text around them is left as it is. */
export function withAttacks(document: string, tables: string): string {
  const [before, rest = ""] = document.split(BEGIN);
  const [, after = ""] = rest.split(END);
  if (rest === "" || after === "") throw new Error(`docs/security.md: ${BEGIN} and ${END} must stand in it once`);
  return `${before}${BEGIN}\n\n${tables}\n\n${END}${after}`;
}

const heading = (control: string): string => control.charAt(0).toUpperCase() + control.slice(1);

function withoutIt(control: string): string {
  const mutations = MUTATIONS.filter((mutation) => mutation.control === control);
  if (mutations.length === 0) return "No argument of the stack switches it off.";
  return mutations
    .map(
      ({ change, fails }) => `Proved with: ${change}. Then these fail: ${fails.map((id) => `\`${id}\``).join(", ")}.`,
    )
    .join("\n\n");
}
