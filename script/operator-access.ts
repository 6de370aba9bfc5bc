import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EnvironmentName } from "../environments/environment";
import { loadEnvironment } from "../environments/load";
import type { AwsClientSettings } from "../local/kernel/aws-client";

/** How an operator's clients reach an environment: by the shell's own credentials, or this machine's platform. */
export interface OperatorAccess {
  /** For what is in the environment's Region. */
  readonly regional: Partial<AwsClientSettings>;
  /** For the edge and its firewall, in us-east-1. */
  readonly edge: Partial<AwsClientSettings>;
}

const EDGE_REGION = "us-east-1";

/** @throws when `local` does not run. */
export function operatorAccess(environment: EnvironmentName, state: string): OperatorAccess {
  if (environment !== "local") {
    return { regional: { region: loadEnvironment(environment).region }, edge: { region: EDGE_REGION } };
  }
  const file = join(state, "endpoint.json");
  if (!existsSync(file)) {
    throw new Error(`${file}: must exist while the platform of this state directory runs; start it with npm start`);
  }
  const settings = JSON.parse(readFileSync(file, "utf8")) as AwsClientSettings;
  return { regional: settings, edge: { ...settings, region: EDGE_REGION } };
}
