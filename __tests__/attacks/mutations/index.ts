import { AT_THE_EDGE } from "./edge";
import { IN_THE_HANDLERS } from "./handlers";
import type { Mutation } from "./mutation";
import { AT_THE_ORIGINS } from "./origins";
import { IN_THE_PLATFORM } from "./platform";

/** Every control, switched off in one way or more. */
export const MUTATIONS: readonly Mutation[] = [
  ...AT_THE_EDGE,
  ...AT_THE_ORIGINS,
  ...IN_THE_HANDLERS,
  ...IN_THE_PLATFORM,
];
