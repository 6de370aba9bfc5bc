import type { Control } from "../attack";
import type { Retired } from "../retired";

export type Values = Record<string, unknown>;

/** Resources of a synthesised stack: type, name, arguments. */
export type Resources = Record<string, Record<string, Values>>;

/** A text of a source file and what stands in its place; it must be in the file once. */
export interface SourceChange {
  /** Below `handlers/`. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** One control switched off, and attacks that must then come to another answer. */
export interface Mutation {
  readonly control: Control;
  /** What is changed, in words. */
  readonly change: string;
  readonly fails: readonly string[];
  /** In a copy of the synthesised stack. */
  readonly stack?: (resources: Resources, retired: Retired) => void;
  /** In a copy of the handlers' sources, from which zips are built. */
  readonly handlers?: readonly SourceChange[];
  /** In what stands for AWS here, by name in `platform.ts`. */
  readonly platform?: "paths" | "limits" | "requests" | "ranges" | "signatures";
}

export const at = (resources: Resources, type: string, name: string): Values => {
  const found = resources[type]?.[name];
  if (!found) throw new Error(`the synthesised stack has no ${type}.${name}`);
  return found;
};

export const distribution = (resources: Resources): Values => at(resources, "aws_cloudfront_distribution", "vod");

export const variables = (resources: Resources, name: string): Values =>
  (at(resources, "aws_lambda_function", name).environment as { variables: Values }).variables;
