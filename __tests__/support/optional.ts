import { environment, type SynthesisedStack, synthesised } from "./synthesised";

/** What no environment's file asks for and the stacks can make; for sweeps over every type of resource. */
export function withOptions(): SynthesisedStack {
  const dev = environment("dev");
  return synthesised({ ...dev, operate: { ...dev.operate, realtimeLogsPercent: 5 } });
}
