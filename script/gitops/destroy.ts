import { EXIT, Failure } from "./failure";
import type { PlanSummary } from "./reviewed-plan";

export interface DestroyRequest {
  readonly environment: string;
  /** What the environment's file says. */
  readonly destroyable: boolean;
  /** What a person typed. */
  readonly confirm: string;
}

const PRODUCTION = "prod";

/** Lets a destroy begin only where it is allowed and was typed in full. */
export function assertMayDestroy({ environment, destroyable, confirm }: DestroyRequest): void {
  if (environment === PRODUCTION && !destroyable) {
    throw new Failure(
      `${environment} is not destroyed: set "destroyable": true in environments/${environment}.json by a reviewed pull request first`,
      EXIT.refused,
    );
  }
  const wanted = `destroy ${environment}`;
  if (confirm === wanted) return;
  throw new Failure(`to destroy ${environment} type exactly "${wanted}", got "${confirm}"`, EXIT.refused);
}

/** A plan that is approved as a destroy must be one. */
export function assertDestroys({ changes }: PlanSummary): void {
  const others = changes.filter(({ kind, address }) => kind !== "delete" && !address.startsWith("output."));
  if (others.length === 0) return;
  const shown = others.map(({ address, kind }) => `${kind} ${address}`).join(", ");
  throw new Failure(`the saved plan is no destroy, it would ${shown}: plan again with destroy`, EXIT.refused);
}
