import { readFileSync } from "node:fs";
import { join } from "node:path";

const read = <T>(file: string): T => JSON.parse(readFileSync(join(__dirname, "..", file), "utf8")) as T;

test("the command line of CDKTF finds what npm run synth does, and where", () => {
  const { scripts } = read<{ scripts: Record<string, string> }>("package.json");
  const { app, output, language } = read<Record<string, string>>("cdktf.json");
  expect([app, output, language]).toEqual([scripts.synth?.replace("&& tsx", "&& npx tsx"), "cdktf.out", "typescript"]);
});
