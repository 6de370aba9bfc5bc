import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ErrorObject } from "ajv";
import { TOPOLOGIES, type Topology } from "../job-templates/job-template";
import { ENVIRONMENT_NAMES, type Environment, type EnvironmentName } from "./environment";
import { loadKeys } from "./keys";
import { EnvironmentError, type Problem } from "./problem";
import { conflicts } from "./rules";
import schema from "./schema.json";

export interface LoadOptions {
  /** Folder of the environment files; this folder unless a test says otherwise. */
  readonly directory?: string;
  /** Folder of the environment's public keys; `keys/<env>` unless given. */
  readonly keys?: string;
  /** Takes the place of the file's topology. */
  readonly topology?: Topology;
  /** Takes the place of the file's `signing.active`. */
  readonly signingKey?: string;
}

/** An environment's name as a person typed it, checked: there is no default and no guess. */
export function environmentName(name: string): EnvironmentName {
  return oneOf("environment", ENVIRONMENT_NAMES, name);
}

/** A topology's name as a person typed it, checked. */
export function topologyName(name: string): Topology {
  return oneOf("topology", TOPOLOGIES, name);
}

function oneOf<T extends string>(what: string, known: readonly T[], name: string): T {
  const found = known.find((candidate) => candidate === name);
  if (!found) throw new Error(`${what} must be one of ${known.join(", ")}, got ${JSON.stringify(name)}`);
  return found;
}

/**
 * Reads, completes and checks one environment.
 * @throws {EnvironmentError} with every problem at once: file, path, what was got, what is allowed.
 */
export function loadEnvironment(name: EnvironmentName, options: LoadOptions = {}): Environment {
  const file = `environments/${name}.json`;
  const settings = parse(file, join(options.directory ?? __dirname, `${name}.json`));
  const problems = schemaProblems(settings);
  const keys = loadKeys(options.keys ?? join(__dirname, "..", "keys", name));
  if (problems.length > 0) throw new EnvironmentError(file, [...problems, ...keys.problems]);

  const { $schema: _, ...rest } = settings as Record<string, unknown>;
  const topology = options.topology ? { topology: options.topology } : {};
  const signing = options.signingKey === undefined ? {} : { signing: { active: options.signingKey } };
  const environment = { ...rest, ...topology, ...signing, name, keys: keys.keys } as unknown as Environment;
  const conflicting = [...keys.problems, ...conflicts(environment)];
  if (conflicting.length > 0) throw new EnvironmentError(file, conflicting);
  return environment;
}

function parse(file: string, path: string): unknown {
  if (!existsSync(path)) throw new EnvironmentError(file, [{ path: "", rule: "must exist", got: undefined }]);
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new EnvironmentError(file, [{ path: "", rule: "must be JSON", got: (error as Error).message }]);
  }
}

function schemaProblems(settings: unknown): Problem[] {
  const validate = new Ajv({ allErrors: true, useDefaults: true, verbose: true, strict: false }).compile(schema);
  return validate(settings) ? [] : (validate.errors ?? []).map(describe);
}

function describe(error: ErrorObject): Problem {
  const path = error.instancePath.slice(1).replaceAll("/", ".");
  const inside = (name: string): string => (path === "" ? name : `${path}.${name}`);
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case "required":
      return { path: inside(String(params.missingProperty)), rule: "is required", got: undefined };
    case "additionalProperties": {
      const known = Object.keys((error.parentSchema as { properties: object }).properties);
      return {
        path: inside(String(params.additionalProperty)),
        rule: `is not a setting; allowed here: ${known.join(", ")}`,
        got: (error.data as Record<string, unknown>)[String(params.additionalProperty)],
      };
    }
    case "enum":
      return { path, rule: `must be one of ${(params.allowedValues as unknown[]).join(", ")}`, got: error.data };
    case "const":
      return { path, rule: `must be ${JSON.stringify(params.allowedValue)}`, got: error.data };
    default:
      return { path, rule: error.message ?? "is not valid", got: error.data };
  }
}
