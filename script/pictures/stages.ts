import type { Resources } from "../stack-resources";
import { apiParts } from "./api-parts";
import { type Edge, type Graph, mermaid, type Node } from "./graph";
import { handlers } from "./handlers";
import { mediaServices } from "./media-services";
import { origins } from "./origins";
import { named, spoken, stageOf, STAGES } from "./read-stack";
import { watching } from "./watching";

/** A part of a picture: what one kind of resource brings to it. */
export interface Part {
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}

/** One picture of the six stages: what passes from the producer, through each, to the viewer. */
export function stagesPicture(resources: Resources): string {
  const parts: Part[] = [people(), buckets(resources), handlers(resources), mediaServices(resources)];
  const all = [...parts, apiParts(resources), origins(resources), watching(resources)];
  const graph: Graph = {
    direction: "TB",
    frames: STAGES,
    nodes: all.flatMap(({ nodes }) => nodes),
    edges: all.flatMap(({ edges }) => edges),
  };
  return mermaid(graph);
}

function people(): Part {
  return {
    nodes: [
      { id: "producer", label: ["producer"], kind: "person" },
      { id: "viewer", label: ["viewer"], kind: "person" },
    ],
    edges: [{ from: "producer", to: "bucket_source", label: "mezzanine" }],
  };
}

/** Buckets that media or the page pass through; what only operators read stands in none of the ways. */
function buckets(resources: Resources): Part {
  const names = named(resources, "aws_s3_bucket");
  const nodes = names.map((name): Node => {
    const frame = stageOf(resources, "aws_s3_bucket", name);
    return { id: `bucket_${name}`, label: [`${spoken(name)} bucket`], kind: "store", frame };
  });
  return { nodes: nodes.filter(({ frame }) => frame !== "operate"), edges: [] };
}
