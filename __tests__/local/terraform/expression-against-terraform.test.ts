import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { has, testWith } from "../../support/tools";
import { CASES, LOCALS } from "./expression-cases";

/** Terraform's own value of every case, in one run: each is a local of a module that needs no provider. */
function askTerraform(folder: string): unknown[] {
  const cases = Object.fromEntries(CASES.map(([template], index) => [`case_${index}`, template]));
  writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ locals: { ...LOCALS, ...cases } }));
  writeFileSync(join(folder, "terraform.rc"), "");
  const names = Object.keys(cases).map((name) => `local.${name}`);
  const answer = execFileSync("terraform", ["console"], {
    cwd: folder,
    input: `base64encode(jsonencode([${names.join(", ")}]))\n`,
    env: { ...process.env, TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"), CHECKPOINT_DISABLE: "1" },
    encoding: "utf8",
  });
  return JSON.parse(Buffer.from(JSON.parse(answer) as string, "base64").toString()) as unknown[];
}

testWith("terraform", has("terraform", "-version"), "REQUIRE_TERRAFORM")(
  "Terraform gives every expression the value that the table expects",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "vod-expressions-"));
    try {
      const values = askTerraform(folder);
      const theirs = CASES.map(([template], index) => [template, values[index]]);
      expect(theirs).toEqual(CASES.map(([template, value]) => [template, value]));
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  30_000,
);
