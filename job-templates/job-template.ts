import { createHash } from "node:crypto";
import type { JobTemplateSettings } from "@aws-sdk/client-mediaconvert";
import { directCmaf } from "./direct-cmaf";
import type { DownloadChoice } from "./download";
import type { LadderChoice } from "./ladder";
import { mediapackageHls } from "./mediapackage-hls";

export const TOPOLOGIES = ["mediapackage", "direct"] as const;
export type Topology = (typeof TOPOLOGIES)[number];

/** A rendered job template; its version is its content, so that a job's record says exactly what encoded it. */
export interface JobTemplate {
  /** `mediapackage-hls` or `direct-cmaf`. */
  readonly kind: string;
  /** First 12 hexadecimal digits of the settings' SHA-256. */
  readonly version: string;
  readonly settings: JobTemplateSettings;
}

export function jobTemplate(topology: Topology, ladder: LadderChoice, download: DownloadChoice = "none"): JobTemplate {
  const [kind, settings] =
    topology === "mediapackage"
      ? (["mediapackage-hls", mediapackageHls(ladder, download)] as const)
      : (["direct-cmaf", directCmaf(ladder, download)] as const);
  const version = createHash("sha256").update(JSON.stringify(settings)).digest("hex").slice(0, 12);
  return { kind, version, settings };
}
