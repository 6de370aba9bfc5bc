import type { BusEvent } from "../../kernel/event-bus";
import { block } from "../../terraform/deployment";
import { isObject } from "../json-protocol";
import { textOr } from "../text-or";

/** What a target receives for an event: the event, a part of it, a constant, or a template filled from it. */
export type TargetInput = (event: BusEvent) => unknown;

/**
 * Reads `input`, `input_path` or `input_transformer` of an `aws_cloudwatch_event_target`; none of them: the event
 * itself. Templates follow https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html.
 */
export function targetInput(values: Readonly<Record<string, unknown>>): TargetInput {
  if (typeof values.input === "string") {
    const constant: unknown = JSON.parse(values.input);
    return () => constant;
  }
  if (typeof values.input_path === "string") {
    const path = values.input_path;
    return (event) => at(event, path);
  }
  const transformer = block(values, "input_transformer");
  if (!transformer) return (event) => event;
  const paths = isObject(transformer.input_paths) ? transformer.input_paths : {};
  return (event) => fill(String(transformer.input_template), paths, event);
}

/** Puts values into `<name>`: bare they are JSON, inside quotes plain text. A result that is no JSON is a string. */
function fill(template: string, paths: Record<string, unknown>, event: BusEvent): unknown {
  const valueOf = (variable: string): unknown => at(event, textOr(paths[variable], ""));
  const filled = template.replace(/"(?:[^"\\]|\\.)*"|<([A-Za-z0-9_-]+)>/g, (part, bare?: string) =>
    bare === undefined
      ? part.replace(/<([A-Za-z0-9_-]+)>/g, (_, variable: string) => escapeText(valueOf(variable)))
      : (JSON.stringify(valueOf(bare)) ?? '""'),
  );
  try {
    return JSON.parse(filled) as unknown;
  } catch {
    return filled;
  }
}

function escapeText(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? "");
  return JSON.stringify(text).slice(1, -1);
}

/** Value at a path such as `$.detail.object.key` or `$.resources[0]`; undefined where there is none. */
function at(event: BusEvent, path: string): unknown {
  const keys = path.replace(/^\$/, "").match(/[^.[\]]+/g) ?? [];
  return keys.reduce<unknown>((value, key) => {
    if (Array.isArray(value)) return value[Number(key)] as unknown;
    return isObject(value) ? value[key] : undefined;
  }, event);
}
