import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvironment } from "../../environments/load";
import { TOPOLOGIES } from "../../job-templates/job-template";
import { readRelease } from "../../stacks/shared/release";
import { synthesise } from "../../stacks/synthesise";
import { permissionTables, type Resources, type Topologies } from "./permission-tables";

const FILE = join(__dirname, "..", "..", "docs", "security-iam.md");
const [BEGIN, END] = ["<!-- permissions: begin -->", "<!-- permissions: end -->"] as const;

/** The document with its tables made anew; the text around them is left as it is. */
export function withTables(document: string, tables: string): string {
  const [before, rest = ""] = document.split(BEGIN);
  const [, after = ""] = rest.split(END);
  if (rest === "" || after === "") throw new Error(`docs/security-iam.md: ${BEGIN} and ${END} must stand in it once`);
  return `${before}${BEGIN}\n\n${tables}\n\n${END}${after}`;
}

/** Writes the tables into docs/security-iam.md, out of `dev` as it is synthesised in each topology. */
function main(): void {
  const out = mkdtempSync(join(tmpdir(), "vod-permissions-"));
  const resourcesIn = (topology: (typeof TOPOLOGIES)[number]): Resources => {
    synthesise([loadEnvironment("dev", { topology })], readRelease("dist"), out);
    const stack = readFileSync(join(out, "stacks", "vod-dev", "cdk.tf.json"), "utf8");
    return (JSON.parse(stack) as { resource: Resources }).resource;
  };
  const topologies = Object.fromEntries(TOPOLOGIES.map((each) => [each, resourcesIn(each)])) as unknown as Topologies;
  writeFileSync(FILE, withTables(readFileSync(FILE, "utf8"), permissionTables(topologies)));
  rmSync(out, { recursive: true });
}

if (require.main === module) main();
