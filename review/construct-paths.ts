import { PlanError } from "./plan";

/** Where in the code each resource of a synthesised stack is made: construct paths by address. @throws {PlanError} */
export function constructPaths(stack: string): Map<string, string> {
  const resources = parsed(stack).resource ?? {};
  return new Map(
    Object.entries(resources).flatMap(([type, named]) =>
      Object.entries(named).flatMap(([name, body]) => {
        const path = body["//"]?.metadata?.path;
        return path === undefined ? [] : [[`${type}.${name}`, path] as const];
      }),
    ),
  );
}

interface Stack {
  readonly resource?: Record<string, Record<string, { "//"?: { metadata?: { path?: string } } }>>;
}

function parsed(stack: string): Stack {
  try {
    return JSON.parse(stack) as Stack;
  } catch {
    throw new PlanError("the stack is no JSON: give the cdk.tf.json that was planned");
  }
}
