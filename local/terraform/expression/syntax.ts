/** A value of the language. Sets are lists in their own order without repetition; numbers are doubles. */
export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** One step into a value: `.name` or `.0`, `[key]`, or a splat with the steps that it repeats for each element. */
export type Step =
  | { readonly kind: "attribute"; readonly name: string }
  | { readonly kind: "index"; readonly key: Node }
  | { readonly kind: "splat"; readonly steps: readonly Step[] };

export type Node =
  | { readonly kind: "literal"; readonly value: Value }
  /** Literal text and interpolations side by side: always a string. */
  | { readonly kind: "template"; readonly parts: readonly Node[] }
  /** `${...}` with its text, so that an error can quote it. */
  | { readonly kind: "interpolation"; readonly source: string; readonly of: Node }
  | { readonly kind: "list"; readonly items: readonly Node[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [Node, Node])[] }
  /** `expand`: the last argument is a list that stands for the remaining arguments (`f(list...)`). */
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Node[]; readonly expand: boolean }
  /** `var.x`, `local.x`, `aws_type.name.attribute`: what the first steps mean depends on the root. */
  | { readonly kind: "reference"; readonly root: string; readonly steps: readonly Step[] }
  | { readonly kind: "access"; readonly of: Node; readonly steps: readonly Step[] };

const LONGEST_EXCERPT = 200;

/**
 * Something in an expression that is wrong or not supported. Messages quote the source of the expression and the
 * names in it, never a value, since any value may come from a sensitive variable.
 */
export class ExpressionError extends Error {
  constructor(
    readonly problem: string,
    source?: string,
  ) {
    super(source === undefined ? problem : `in ${excerpt(source)}: ${problem}`);
    this.name = "ExpressionError";
  }
}

function excerpt(source: string): string {
  return source.length > LONGEST_EXCERPT ? `${source.slice(0, LONGEST_EXCERPT)}...` : source;
}
