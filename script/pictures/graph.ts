/** What a node stands for, and so the form in which it is drawn. */
export type Kind = "person" | "store" | "function" | "service" | "edge" | "rule";

export interface Node {
  readonly id: string;
  /** Lines of text. */
  readonly label: readonly string[];
  readonly kind: Kind;
  /** The frame that it is drawn in, by its one word; absent: outside of all. */
  readonly frame?: string;
}

export interface Edge {
  /** A node or a frame. */
  readonly from: string;
  readonly to: string;
  readonly label?: string;
  /** `flow` unless said: an arrow; `use`: a line without a head; `astray`: dots. */
  readonly line?: "flow" | "use" | "astray";
}

export interface Graph {
  readonly direction: "LR" | "TB";
  /** Frames in the order in which they are drawn; one without nodes is left out. */
  readonly frames: readonly string[];
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

const SHAPES: Readonly<Record<Kind, readonly [string, string]>> = {
  person: ["([", "])"],
  store: ["[(", ")]"],
  function: ["[", "]"],
  service: ["[[", "]]"],
  edge: ["{{", "}}"],
  rule: ["[/", "/]"],
};

/** A flowchart in Mermaid's language: https://mermaid.js.org/syntax/flowchart.html */
export function mermaid({ direction, frames, nodes, edges }: Graph): string {
  const known = new Set([...frames, ...nodes.map(({ id }) => id)]);
  const astray = edges.filter(({ from, to }) => !known.has(from) || !known.has(to));
  if (astray.length > 0) throw new Error(`no node for ${astray.map(({ from, to }) => `${from} -> ${to}`).join(", ")}`);
  const framed = frames.flatMap((frame) => {
    const inside = nodes.filter((node) => node.frame === frame);
    return inside.length === 0 ? [] : [`  subgraph ${frame}`, ...inside.map(drawn), "  end"];
  });
  const free = nodes.filter(({ frame }) => frame === undefined).map(drawn);
  return ["```mermaid", `flowchart ${direction}`, ...free, ...framed, ...merged(edges).map(arrow), "```"].join("\n");
}

function drawn({ id, label, kind }: Node): string {
  const [open, close] = SHAPES[kind];
  return `    ${id}${open}"${label.map(text).join("<br>")}"${close}`;
}

const LINES = { flow: "-->", use: "---", astray: "-.->" } as const;

function arrow({ from, to, label, line: kind = "flow" }: Edge): string {
  const line = LINES[kind];
  return `  ${from} ${line}${label === undefined ? "" : `|"${text(label)}"|`} ${to}`;
}

/** The mathematicians' asterisk: between two of the usual ones Mermaid takes a text for italic, entities or not. */
export const ASTERISK = "\u2217";

/** A quote ends a text in Mermaid, so it is written as an entity. */
function text(words: string): string {
  return words.replaceAll('"', "#quot;").replaceAll("*", ASTERISK);
}

/** One arrow where several would lie on each other, with all their words. */
function merged(edges: readonly Edge[]): Edge[] {
  const ends = new Set(edges.map(({ from, to }) => `${from} ${to}`));
  return [...ends].flatMap((each) => {
    const same = edges.filter(({ from, to }) => `${from} ${to}` === each);
    const words = [...new Set(same.flatMap(({ label }) => label ?? []))];
    return same.slice(0, 1).map((edge) => ({ ...edge, label: words.length === 0 ? undefined : words.join(", ") }));
  });
}
