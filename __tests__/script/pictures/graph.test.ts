import { type Graph, mermaid } from "../../../script/pictures/graph";

const graph: Graph = {
  direction: "LR",
  frames: ["ingest", "operate"],
  nodes: [
    { id: "who", label: ["who"], kind: "person" },
    { id: "store", label: ["a store", 'of "things"'], kind: "store", frame: "ingest" },
  ],
  edges: [
    { from: "who", to: "store", label: "/a/*" },
    { from: "who", to: "store", label: "/b/*" },
    { from: "who", to: "store", label: "/a/*" },
    { from: "ingest", to: "who", line: "astray" },
  ],
};

test("frames without nodes are left out, arrows on one another become one, and nothing reads as Mermaid's own signs", () => {
  expect(mermaid(graph)).toBe(
    [
      "```mermaid",
      "flowchart LR",
      '    who(["who"])',
      "  subgraph ingest",
      '    store[("a store<br>of #quot;things#quot;")]',
      "  end",
      '  who -->|"/a/\u2217, /b/\u2217"| store',
      "  ingest -.-> who",
      "```",
    ].join("\n"),
  );
});

test("an arrow to a node that is not there is named", () => {
  expect(() => mermaid({ ...graph, edges: [{ from: "who", to: "nowhere" }] })).toThrow(
    new Error("no node for who -> nowhere"),
  );
});
