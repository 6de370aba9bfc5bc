import type { Log } from "../shared/log";
import type { Result } from "../shared/result";
import type { CheckViewer } from "./check-viewer";
import type { SignIn } from "./sign-in";
import { type Fetch, watch } from "./watch";

export interface Deps {
  readonly viewer: () => Promise<Result<CheckViewer>>;
  readonly signIn: SignIn;
  readonly fetch: Fetch;
  /** `https://<cdn>`. */
  readonly cdnOrigin: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: Log;
}

/**
 * Every minute: signs in as the platform's own viewer and watches the beginning of a title through the edge. A failure
 * is logged and counted, not thrown: a retry would come when the next check does.
 */
export const makeHandler = (deps: Deps) => async (): Promise<void> => {
  const began = deps.now();
  const failed = (step: string, reason: string): void => deps.log("CHECK_FAILED", { step, reason });
  try {
    const viewer = await deps.viewer();
    if (!viewer.ok) return failed("secret", viewer.problem);
    const token = await deps.signIn(viewer.value);
    if (!token.ok) return failed("sign-in", token.problem);
    const watched = await watch(deps.fetch, deps.cdnOrigin, token.value, viewer.value.assetId);
    if (!watched.ok) return failed(watched.problem.step, watched.problem.reason);
    deps.log("CHECK_PASSED", { assetId: watched.value.assetId, milliseconds: deps.now() - began });
  } catch (error) {
    failed("network", error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }
};
