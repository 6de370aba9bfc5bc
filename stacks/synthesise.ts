import { App } from "cdktf";
import type { Environment } from "../environments/environment";
import type { Release } from "./shared/release";
import { VodStack } from "./vod-stack";

/**
 * Every stack of the environments, written as `stacks/<stack>/cdk.tf.json` below `outdir`; without one, where the cdktf
 * command line says, or `cdktf.out`.
 */
export function synthesise(environments: readonly Environment[], release: Release, outdir?: string): void {
  const app = new App({ outdir });
  for (const environment of environments) new VodStack(app, { environment, release });
  app.synth();
}
