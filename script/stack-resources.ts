import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Environment } from "../environments/environment";
import type { Release } from "../stacks/shared/release";
import { synthesise } from "../stacks/synthesise";

/** `resource` of a synthesised stack: type, name, arguments, nothing evaluated. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

const HANDLERS = join(__dirname, "..", "handlers");

/** Zips that nobody built: what a function costs does not depend on its content. */
function unbuilt(): Release {
  const names = readdirSync(HANDLERS).filter((name) => existsSync(join(HANDLERS, name, "index.ts")));
  const nothing = { sha256: "0".repeat(64), bytes: 0 };
  return {
    lambda: Object.fromEntries(names.map((name) => [name, { ...nothing, file: `${name}.zip` }])),
    player: {},
  };
}

/** The resources of an environment's workload, as they would be applied. */
export function resourcesOf(environment: Environment): Resources {
  const out = mkdtempSync(join(tmpdir(), "vod-stack-"));
  try {
    synthesise([environment], unbuilt(), out);
    const text = readFileSync(join(out, "stacks", `vod-${environment.name}`, "cdk.tf.json"), "utf8");
    return (JSON.parse(text) as { resource: Resources }).resource;
  } finally {
    rmSync(out, { recursive: true });
  }
}
