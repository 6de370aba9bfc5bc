import { ENVIRONMENTS } from "./environments";
import type { Rule } from "./rule";
import { SECRETS_AND_SHELLS } from "./secrets";
import { SUPPLY } from "./supply";
import { TOKENS } from "./tokens";

/** What every workflow of this repository keeps to. */
export const RULES: readonly Rule[] = [...TOKENS, ...SUPPLY, ...SECRETS_AND_SHELLS, ...ENVIRONMENTS];
