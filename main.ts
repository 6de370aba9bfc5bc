import { parseArgs } from "node:util";
import { DEPLOYABLE } from "./environments/environment";
import { environmentName, loadEnvironment, topologyName } from "./environments/load";
import { readRelease } from "./stacks/shared/release";
import { synthesise } from "./stacks/synthesise";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    dist: { type: "string", default: "dist" },
    out: { type: "string" },
    keys: { type: "string" },
    topology: { type: "string" },
    "signing-key": { type: "string" },
  },
});
const names = positionals.length > 0 ? positionals.map(environmentName) : DEPLOYABLE;
const environments = names.map((name) =>
  loadEnvironment(name, {
    keys: values.keys,
    signingKey: values["signing-key"],
    topology: values.topology === undefined ? undefined : topologyName(values.topology),
  }),
);
synthesise(environments, readRelease(values.dist), values.out);
