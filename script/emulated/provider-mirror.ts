import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

/**
 * A folder that serves as `-plugin-dir`: it holds the AWS provider for use without a network. `given` names one;
 * otherwise the disk is searched, first hit taken.
 */
export function findProviderMirror(given: string | undefined): string | undefined {
  if (given) return given;
  const wanted = ["-type", "d", "-path", "*registry.terraform.io/hashicorp/aws", "-not", "-path", "*/.terraform/*"];
  const { stdout } = spawnSync("find", ["/", "-xdev", ...wanted, "-print", "-quit"], { encoding: "utf8" });
  const found = (stdout ?? "").trim();
  return found === "" ? undefined : resolve(found, "..", "..", "..");
}
