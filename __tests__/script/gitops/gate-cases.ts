import { readFileSync } from "node:fs";
import { gate } from "../../../script/gitops/gate";
import { environment, synthesised } from "../../support/synthesised";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- the cases change any part of a document
export type Stack = any;

/** Something that is refused: its name, how main's stack comes to have it, and the whole violation. */
export type Case = [name: string, change: (stack: Stack) => void, message: unknown];

/** Main's stack, as it is synthesised. */
export const base = readFileSync(synthesised(environment("dev", "mediapackage")).file, "utf8");

export const stackOf = (text: string): Stack => JSON.parse(text);

/** The violations of main's stack with one thing changed. */
export function refused(change: (stack: Stack) => void): string[] {
  const stack = stackOf(base);
  change(stack);
  return violations(JSON.stringify(stack), base);
}

export const violations = (stack: string, against?: string): string[] =>
  gate({ stack, base: against }).map(({ where, got, allowed }) => `${where}: got ${got}; allowed: ${allowed}`);

export const bucket = (stack: Stack): Stack => stack.resource.aws_s3_bucket.source;

/** A change that puts a text into an argument of a resource. */
export const tagged = (text: string) => (stack: Stack) => {
  bucket(stack).tags = { note: text };
};
