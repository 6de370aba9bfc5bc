import type { TerraformFunction } from "./arguments";
import { collectionFunctions } from "./collections";
import { encodingFunctions } from "./encoding";
import { formatFunction } from "./format";
import { stringFunctions } from "./strings";

/** The functions that the stacks may use; each takes evaluated arguments. */
export const functions: ReadonlyMap<string, TerraformFunction> = new Map(
  Object.entries({ ...stringFunctions, ...collectionFunctions, ...encodingFunctions, format: formatFunction }).sort(
    ([a], [b]) => (a < b ? -1 : 1),
  ),
);
