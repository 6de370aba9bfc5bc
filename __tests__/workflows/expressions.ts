import type { data } from "@actions/expressions";
import { github } from "./github-parser";

/** A context or value of an expression, as JSON. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

export type Contexts = Readonly<Record<string, Value>>;

/** What `success()`, `failure()` and `cancelled()` answer. */
export interface Status {
  readonly success: boolean;
  readonly failure: boolean;
  readonly cancelled: boolean;
}

const STATUS = ["success", "failure", "cancelled", "always"] as const;
const OF_STATUS = /\b(success|failure|cancelled|always)\s*\(/;

/** Whether a job or step runs. Without a word about the status, `success()` is understood. */
export function condition(text: string | undefined, contexts: Contexts, status: Status): boolean {
  if (text === undefined) return status.success;
  const expression = unwrapped(text);
  const passes = truthy(evaluated(expression, contexts, status));
  return OF_STATUS.test(expression) ? passes : status.success && passes;
}

/** A string with its expressions replaced; one that is an expression as a whole keeps its type. */
export function interpolated(text: string | number | boolean, contexts: Contexts): Value {
  if (typeof text !== "string") return text;
  const [, whole] = /^\$\{\{((?:(?!\}\}).)*)\}\}$/s.exec(text.trim()) ?? [];
  if (whole !== undefined) return toJson(evaluated(whole, contexts));
  return text.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    evaluated(expression, contexts).coerceString(),
  );
}

export function interpolatedText(text: string | number | boolean, contexts: Contexts): string {
  const value = interpolated(text, contexts);
  return value === null ? "" : typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Every expression in a text, without the braces. */
export function expressionsIn(text: string): string[] {
  return [...text.matchAll(/\$\{\{(.*?)\}\}/gs)].map(([, expression = ""]) => expression.trim());
}

function unwrapped(text: string): string {
  return /^\$\{\{(.*)\}\}$/s.exec(String(text).trim())?.[1] ?? String(text);
}

/** @throws for what GitHub would not understand, a context that is not there among it */
function evaluated(expression: string, contexts: Contexts, status?: Status): data.ExpressionData {
  const call = (answer: boolean) => () => new github.data.BooleanData(answer);
  const functions = status
    ? STATUS.map((name) => ({
        name,
        minArgs: 0,
        maxArgs: 0,
        call: call(name === "always" ? true : status[name]),
      }))
    : [];
  const { tokens } = new github.Lexer(expression.trim()).lex();
  const tree = new github.Parser(tokens, Object.keys(contexts), functions).parse();
  const context = JSON.parse(JSON.stringify(contexts), github.data.reviver) as data.Dictionary;
  return new github.Evaluator(tree, context, new Map(functions.map((each) => [each.name, each]))).evaluate();
}

function truthy(value: data.ExpressionData): boolean {
  const json = toJson(value);
  return json !== null && json !== false && json !== 0 && json !== "";
}

function toJson(value: data.ExpressionData): Value {
  return JSON.parse(JSON.stringify(value, github.data.replacer)) as Value;
}
