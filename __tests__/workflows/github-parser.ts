import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as ExpressionsModule from "@actions/expressions";
import type * as ActionParserModule from "@actions/workflow-parser/actions/action-parser";
import type * as ParserModule from "@actions/workflow-parser";
import { buildSync } from "esbuild";
import { ROOT } from "./read";

type Modules = typeof ExpressionsModule & typeof ParserModule & Pick<typeof ActionParserModule, "parseAction">;

/** GitHub publishes its parser as ES modules alone; here it is one CommonJS file, so that Jest can load it. */
function load(): Modules {
  const { outputFiles } = buildSync({
    stdin: {
      contents: `
        export * from "@actions/expressions";
        export * from "@actions/workflow-parser";
        export { parseAction } from "@actions/workflow-parser/actions/action-parser";
      `,
      resolveDir: ROOT,
    },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    write: false,
  });
  const file = join(mkdtempSync(join(tmpdir(), "vod-workflow-parser-")), "parser.js");
  writeFileSync(file, outputFiles[0]?.text ?? "");
  return require(file) as Modules; // eslint-disable-line @typescript-eslint/no-require-imports -- made a line above
}

/** GitHub's own parsers of workflows, actions and expressions. */
export const github = load();
