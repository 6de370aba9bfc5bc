import type { Aws } from "./aws";
import type { MadePlan } from "./make-plan";
import { type Parity, parityOf } from "./parity";
import type { Places } from "./places";
import { savePlan, type SavedPlan } from "./saved-plan";

export interface SaveRequest {
  readonly aws: Aws;
  readonly places: Places;
  readonly tree: string;
  /** Names the run among the saved plans. */
  readonly run: string;
}

/** A fresh plan on main: what it is compared with what was reviewed, and where it waits for its approval. */
export interface FreshPlan {
  readonly parity: Parity | { readonly kind: "nothing to do" };
  /** Absent when there is nothing to do. */
  readonly saved?: SavedPlan;
}

/** Saves a fresh plan and compares it with the reviews of its tree. A mismatch is saved too: a person may approve it. */
export async function saveFreshPlan(plan: MadePlan, { aws, places, tree, run }: SaveRequest): Promise<FreshPlan> {
  if (!plan.changes) return { parity: { kind: "nothing to do" } };
  const parity = await parityOf(aws, places, tree, plan.summary);
  return { parity, saved: await savePlan(aws, places, run, plan.file) };
}
