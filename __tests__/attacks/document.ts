import { markdownTable } from "../../script/iam/markdown-table";
import { type Attack, CONTROLS, OUTCOMES, TRIED } from "./attack";
import { MUTATIONS } from "./mutations";

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

/** One row a control: what is tried, in how many ways, and what comes of it; with the address of the whole table. */
export function attackSummary(attacks: readonly Attack[], link: (anchor: string) => string): string {
  const rows = CONTROLS.map((control) => {
    const own = attacks.filter((attack) => attack.control === control);
    const anchor = control.toLowerCase().replaceAll("'", "").replaceAll(" ", "-");
    return [`[${control}](${link(anchor)})`, TRIED[control], String(own.length), outcomesOf(own)];
  });
  return markdownTable(["what stands in the way", "what is tried", "attacks", "what comes of it"], rows);
}

function outcomesOf(attacks: readonly Attack[]): string {
  const counted = OUTCOMES.map((outcome) => [attacks.filter((attack) => attack.outcome === outcome).length, outcome] as const); // prettier-ignore
  const some = counted.filter(([count]) => count > 0);
  return some.length === 1 ? `${some[0]?.[1]}` : some.map(([count, outcome]) => `${count} ${outcome}`).join(", ");
}

/** A document with what stands between its marks made anew; the text around it is left as it is. */
export function withMade(file: string, document: string, made: string): string {
  const [begin, end] = ["<!-- attacks: begin -->", "<!-- attacks: end -->"];
  const [before, rest = ""] = document.split(begin);
  const [, after = ""] = rest.split(end);
  if (rest === "" || after === "") throw new Error(`${file}: ${begin} and ${end} must stand in it once`);
  return `${before}${begin}\n\n${made}\n\n${end}${after}`;
}

const heading = (control: string): string => control.charAt(0).toUpperCase() + control.slice(1);

function withoutIt(control: string): string {
  const mutations = MUTATIONS.filter((mutation) => mutation.control === control);
  return mutations
    .map(
      ({ change, fails }) => `Proved with: ${change}. Then these fail: ${fails.map((id) => `\`${id}\``).join(", ")}.`,
    )
    .join("\n\n");
}
