import { parseArgs } from "node:util";
import { loadEnvironment } from "../environments/load";
import { readArguments, USAGE } from "./cost/arguments";
import { billOf } from "./cost/bill";
import { factsOf } from "./cost/facts";
import { priceList } from "./cost/prices";
import { machineReadable, table } from "./cost/report";
import { resourcesOf } from "./stack-resources";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    titles: { type: "string" },
    hours: { type: "string" },
    viewers: { type: "string" },
    topology: { type: "string" },
    assume: { type: "string", multiple: true },
    json: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

function main(): void {
  const typed = readArguments({ ...values, positionals });
  const environment = loadEnvironment(typed.environment, { topology: typed.topology });
  const prices = priceList(environment.region);
  const facts = factsOf(environment, resourcesOf(environment));
  const bill = billOf({ ...typed, facts, prices });
  process.stdout.write((values.json ? machineReadable : table)({ typed, facts, prices, bill }));
}

if (values.help) {
  process.stdout.write(USAGE);
} else {
  try {
    main();
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
    process.exitCode = 1;
  }
}
