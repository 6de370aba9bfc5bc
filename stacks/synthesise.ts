import { App } from "cdktf";
import type { Environment } from "../environments/environment";
import { BootstrapStack } from "./bootstrap/bootstrap-stack";
import { withBoundary } from "./bootstrap/boundary";
import type { Release } from "./shared/release";
import { VodStack } from "./vod-stack";

/**
 * Every stack of the environments, written as `stacks/<stack>/cdk.tf.json` below `outdir`; without one, where the cdktf
 * command line says, or `cdktf.out`. The local platform runs the workload alone: it has no account to prepare.
 */
export function synthesise(environments: readonly Environment[], release: Release, outdir?: string): void {
  const app = new App({ outdir });
  for (const environment of environments) {
    const workload = new VodStack(app, { environment, release });
    if (environment.name === "local") continue;
    withBoundary(workload, environment);
    new BootstrapStack(app, environment);
  }
  app.synth();
}

/** The bootstrap alone, which needs no build. */
export function synthesiseBootstrap(environment: Environment, outdir: string): void {
  const app = new App({ outdir });
  new BootstrapStack(app, environment);
  app.synth();
}
