import type { StackContext } from "./context";
import { block, type Deployment, type Resource } from "./deployment";
import { readDocument, type ResourceBody, type TerraformDocument } from "./document";
import { Evaluator, missingVariable, StackError } from "./evaluator";

/** A deployment with the outputs of its stack. */
export interface Stack extends Deployment {
  /** The stack's outputs, by name. */
  readonly outputs: Readonly<Record<string, unknown>>;
}

/**
 * Reads a synthesised `cdk.tf.json` as it would stand once applied.
 * @throws {StackError} with every problem at once: address, attribute, expression. Values are never quoted.
 */
export function readStack(file: string, context: StackContext): Stack {
  return evaluateStack(readDocument(file), context);
}

/** The same for a document that is already parsed. */
export function evaluateStack(document: TerraformDocument, context: StackContext): Stack {
  const problems = new Set(missingVariables(document, context));
  const evaluator = new Evaluator(document, context);
  const attempt = <T>(action: () => T): T | undefined => {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof StackError)) throw error;
      problems.add(error.message);
      return undefined;
    }
  };
  const resources = [...document.resources.values()].map((body) => evaluated(body, evaluator, attempt));
  const outputs = [...document.outputs.keys()].map((name) => [name, attempt(() => evaluator.output(name))] as const);
  if (problems.size > 0) throw new StackError(summary(document.file, [...problems]));
  return stack(document, context, resources, Object.fromEntries(outputs));
}

function missingVariables({ variables }: TerraformDocument, context: StackContext): string[] {
  return [...variables]
    .filter(([name, declared]) => (context.variables?.[name] ?? declared.default) === undefined)
    .map(([name]) => missingVariable(name));
}

type Attempt = <T>(action: () => T) => T | undefined;

function evaluated(body: ResourceBody, evaluator: Evaluator, attempt: Attempt): Resource {
  const values = evaluator.names(body).map((name) => [name, attempt(() => evaluator.optional(body, name))] as const);
  const { type, name, address } = body;
  return { type, name, address, values: Object.fromEntries(values.filter(([, value]) => value !== undefined)) };
}

function stack(
  { file, providers }: TerraformDocument,
  { account, region }: StackContext,
  resources: readonly Resource[],
  outputs: Stack["outputs"],
): Stack {
  const byAddress = new Map(resources.map((resource) => [resource.address, resource]));
  return {
    account,
    region,
    outputs,
    defaultTags: defaultTags(providers),
    all: (type) => resources.filter((resource) => resource.type === type),
    get: (address) => {
      const found = byAddress.get(address);
      if (found) return found;
      const same = resources.filter(({ type }) => type === address.split(".")[0]).map((resource) => resource.address);
      throw new Error(`${file}: there is no ${address}; of its type there are ${same.join(", ") || "none"}`);
    },
  };
}

function defaultTags(providers: TerraformDocument["providers"]): Readonly<Record<string, string>> {
  const [own] = providers.filter(({ alias }) => alias === undefined);
  return (block(block(own ?? {}, "default_tags") ?? {}, "tags") ?? {}) as Record<string, string>;
}

function summary(file: string, problems: readonly string[]): string {
  if (problems.length === 1) return `${file}: ${problems.join()}`;
  return [`${file}: ${problems.length} problems`, ...problems.map((problem) => `  - ${problem}`)].join("\n");
}
