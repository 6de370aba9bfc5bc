import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";

export const ROOT = join(__dirname, "..", "..");

/** Texts of `.github`, by path below it: `workflows/plan.yml`, `actions/prepare/action.yml`, `actions.lock.md`. */
export type Texts = Readonly<Record<string, string>>;

export type Values = Readonly<Record<string, string | number | boolean>>;

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Values;
  readonly env?: Values;
  readonly run?: string;
  readonly shell?: string;
  readonly "continue-on-error"?: unknown;
}

export interface Concurrency {
  readonly group: string;
  readonly "cancel-in-progress"?: boolean | string;
  readonly queue?: string;
}

export interface Job {
  readonly name?: string;
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly "runs-on"?: string;
  readonly "timeout-minutes"?: number;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly concurrency?: Concurrency;
  readonly strategy?: { readonly matrix: { readonly include: readonly Values[] } };
  readonly env?: Values;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps?: readonly Step[];
  /** A reusable workflow. */
  readonly uses?: string;
  readonly with?: Values;
  readonly secrets?: Readonly<Record<string, string>> | string;
}

interface Input {
  readonly type?: string;
  readonly default?: string | boolean;
  readonly required?: boolean;
}

export interface Workflow {
  readonly on: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  readonly permissions?: unknown;
  readonly defaults?: { readonly run?: { readonly shell?: string } };
  readonly concurrency?: Concurrency;
  readonly env?: Values;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** A composite action. */
export interface Action {
  readonly inputs?: Readonly<Record<string, Input>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

/** What is in `.github`, read. */
export interface Automation {
  readonly texts: Texts;
  /** By file name. */
  readonly workflows: Readonly<Record<string, Workflow>>;
  /** By folder name. */
  readonly actions: Readonly<Record<string, Action>>;
}

export function readTexts(): Texts {
  const folder = join(ROOT, ".github");
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = files.map((file) => join(file.parentPath, file.name));
  return Object.fromEntries(
    paths.sort().map((path) => [path.slice(folder.length + 1).replaceAll("\\", "/"), readFileSync(path, "utf8")]),
  );
}

export function automation(texts: Texts = readTexts()): Automation {
  return {
    texts,
    workflows: parsed<Workflow>(texts, /^workflows\/(.+\.yml)$/),
    actions: parsed<Action>(texts, /^actions\/(.+)\/action\.yml$/),
  };
}

function parsed<T>(texts: Texts, path: RegExp): Record<string, T> {
  const found = Object.entries(texts).flatMap(([file, text]): [string, T][] => {
    const name = path.exec(file)?.[1];
    return name === undefined ? [] : [[name, parse(text) as T]];
  });
  return Object.fromEntries(found);
}

/** Inputs that a called or dispatched workflow declares. */
export function inputsOf(workflow: Workflow): Readonly<Record<string, Input>> {
  const trigger = workflow.on.workflow_call ?? workflow.on.workflow_dispatch;
  return (trigger?.inputs ?? {}) as Readonly<Record<string, Input>>;
}

export const listed = (needs: string | readonly string[] | undefined): readonly string[] =>
  needs === undefined ? [] : typeof needs === "string" ? [needs] : needs;

/** The file name of a reusable workflow, whether called from beside or by its whole name. */
export function calledFile(uses: string): string {
  const file = /\.github\/workflows\/([^@]+)(?:@.+)?$/.exec(uses)?.[1];
  if (!file) throw new Error(`${uses} is no reusable workflow`);
  return file;
}

/** The folder of a local action. */
export function localAction(uses: string): string | undefined {
  return /^\.\/\.github\/actions\/(.+)$/.exec(uses)?.[1];
}
