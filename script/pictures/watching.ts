import type { Resources } from "../stack-resources";
import type { Edge, Node } from "./graph";
import { named, stageOf, STAGES } from "./read-stack";
import type { Part } from "./stages";

/** What watches over all of it: dead letters, alarms, and whom they tell. */
export function watching(resources: Resources): Part {
  const queues = named(resources, "aws_sqs_queue");
  const placed = queues.map((name) => stageOf(resources, "aws_sqs_queue", name));
  const stages = STAGES.filter((stage) => stage !== "operate" && placed.includes(stage));
  const alarms = named(resources, "aws_cloudwatch_metric_alarm").length;
  const topics = named(resources, "aws_sns_topic").length;
  const nodes: Node[] = [
    { id: "parked", label: [`${queues.length} dead-letter queues`], kind: "store", frame: "operate" },
    { id: "alarms", label: [`${alarms} alarms`], kind: "rule", frame: "operate" },
    {
      id: "topics",
      label: [topics === 1 ? "operators' topic" : `${topics} topics`],
      kind: "service",
      frame: "operate",
    },
  ];
  return {
    nodes,
    edges: [
      ...stages.map((from): Edge => ({ from, to: "parked", label: "cannot be handled", line: "astray" })),
      { from: "parked", to: "alarms" },
      { from: "alarms", to: "topics" },
    ],
  };
}
