import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { hasMoto } from "../../emulator/moto";
import { rehearse } from "../../script/emulated/rehearsal";
import { findProviderMirror, has, testWith } from "../support/tools";

const plugins = findProviderMirror();
const present = has("terraform", "version") && plugins !== undefined && hasMoto();

testWith("terraform with the AWS provider, or python3 with moto", present, "REQUIRE_MOTO")(
  "vod-dev and its bootstrap are applied, watched, changed and destroyed by real Terraform within ten minutes",
  async () => {
    const root = resolve(__dirname, "..", "..");
    const directory = mkdtempSync(join(tmpdir(), "vod-emulated-"));
    const said: string[] = [];
    const options = { root, directory, plugins: plugins ?? "", searchPath: process.env.PATH ?? "" };
    const steps = await rehearse({ ...options, say: (line) => said.push(line) });
    process.stdout.write(`${said.join("\n")}\n`);
    expect(steps.map(({ name }) => name)).toContain("ask every service what is left");
    expect(steps.reduce((sum, { seconds }) => sum + seconds, 0)).toBeLessThan(600);
  },
  900_000,
);
