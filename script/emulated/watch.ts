import { existsSync } from "node:fs";
import { join } from "node:path";
import { startApplied } from "../../emulator/applied-platform";
import { endToEnd } from "../../emulator/end-to-end";
import { findFfmpeg } from "../../local/media/ffmpeg-find";
import { makeSample } from "../../local/media/sample";
import { appliedDeployment, type StateDocument } from "../../local/terraform/applied";
import { expectNoneRefused } from "./expectations";
import type { Stage } from "./stage";

/** Of the two sample viewers, who live as long as the rehearsal. */
const VIEWER_PASSWORD = "Watch-rehearsal-1";

/** Runs what stands in the account on this machine, and takes the sample video through it. */
export async function watchApplied(stage: Stage, standing: StateDocument): Promise<string[]> {
  const { directory, account, edgePort, searchPath, say } = stage;
  const ffmpeg = findFfmpeg({ cacheDirectory: join(directory, "bin"), searchPath });
  const video = join(directory, "rehearsal.mp4");
  if (!existsSync(video)) await makeSample(ffmpeg, video);
  const platform = await startApplied({
    account: account.aws,
    deployment: appliedDeployment(standing, stage.environment()),
    bootstrap: appliedDeployment(await stage.bootstrap.state(), stage.environment()),
    viewerPassword: VIEWER_PASSWORD,
    state: join(directory, "platform"),
    ffmpeg,
    port: edgePort,
    onTrouble: say,
  });
  try {
    const { assetId, renditions, played } = await endToEnd(platform, video);
    return [
      `${assetId}: ${renditions.join(" ")}`,
      "refused without a subscription and without the cookie",
      ...expectNoneRefused(platform.calls()),
      ...played.map(({ protocol, segments, seconds }) => `${protocol}: ${segments} segments, ${seconds.toFixed(1)} s`),
    ];
  } finally {
    await platform.stop();
  }
}
