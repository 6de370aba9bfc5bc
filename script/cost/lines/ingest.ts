import type { Charge, Line } from "../line";
import type { Usage } from "../usage";

/** Mezzanines: recent ones at hand, older ones cold, and the events that say that they landed. */
export function ingestLines(charge: Charge, { mezzanines, newTitles }: Usage): Line[] {
  return [
    charge("S3", "mezzanines, recent", mezzanines.recent, "s3.standard"),
    charge("S3", "mezzanines, cold", mezzanines.all - mezzanines.recent, "s3.coldMasters"),
    charge("EventBridge", "arrivals", newTitles, "eventbridge.s3Event"),
  ];
}
