import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type Format, FORMATS, report } from "./report";

const USAGE = "usage: npm run review -- PLAN.json [--format md|json] [--stack cdk.tf.json] [--title NAME]";

/** The command: the report on standard output. @throws with one line that says what is wrong. */
export function review(args: readonly string[], read: (file: string) => string): string {
  const { positionals, values } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: "string", default: "md" },
      stack: { type: "string" },
      title: { type: "string" },
    },
  });
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) throw new Error(USAGE);
  const format = values.format as Format;
  if (!FORMATS.includes(format)) throw new Error(`--format must be ${FORMATS.join(" or ")}, got ${values.format}`);
  const stack = values.stack === undefined ? undefined : read(values.stack);
  return report({ plan: read(file), stack, title: values.title, format });
}

if (require.main === module) {
  try {
    process.stdout.write(review(process.argv.slice(2), (file) => readFileSync(file, "utf8")));
  } catch (error) {
    console.error(`review: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}
