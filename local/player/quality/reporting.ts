import type { PlayerConfig } from "../config";
import type { StartReport } from "../watch";
import { QualityReporter } from "./reporter";
import { sendBatch, type SendBatchDeps } from "./send-batch";

/** How this page reports, with the browser's clock and chance; undefined where it is told to report nothing. */
export function reporting({ beacons }: PlayerConfig, deps: SendBatchDeps): StartReport | undefined {
  if (!beacons) return undefined;
  const send = sendBatch(deps);
  return (title) =>
    new QualityReporter({
      ...beacons,
      ...title,
      send,
      now: () => performance.now(),
      random: () => Math.random(),
      newId: () => crypto.randomUUID(),
      schedule: (task, ms) => {
        const timer = setTimeout(task, ms);
        return () => clearTimeout(timer);
      },
    });
}
