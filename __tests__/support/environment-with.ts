import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Environment } from "../../environments/environment";
import { loadEnvironment } from "../../environments/load";
import type { Topology } from "../../job-templates/job-template";
import { merged, type Settings } from "./settings-matrix";

const root = resolve(__dirname, "..", "..");

/** `dev` as its file would read with these settings over it, checked as any file is. */
export function devWith(settings: Settings, topology?: Topology): Environment {
  const file = JSON.parse(readFileSync(join(root, "environments", "dev.json"), "utf8")) as Settings;
  const directory = mkdtempSync(join(tmpdir(), "vod-environment-"));
  writeFileSync(join(directory, "dev.json"), JSON.stringify(merged(file, settings)));
  return loadEnvironment("dev", { directory, topology });
}
