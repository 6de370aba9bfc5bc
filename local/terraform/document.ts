import { readFileSync } from "node:fs";

/** A resource as the synthesised JSON has it: expressions not evaluated. */
export interface ResourceBody {
  readonly type: string;
  readonly name: string;
  /** `type.name`, Terraform's address. */
  readonly address: string;
  /** Arguments and nested blocks, without what speaks to Terraform itself (`depends_on`, `lifecycle`, ...). */
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly dependsOn: readonly string[];
  /** As written: `aws.edge`, or absent for the default provider. */
  readonly provider?: string;
}

/** A variable's declaration; `default` is absent where the caller must supply the value. */
export interface VariableBody {
  readonly default?: unknown;
  readonly sensitive?: boolean;
}

/** A synthesised stack, parsed and not yet evaluated. */
export interface TerraformDocument {
  /** Where it came from, for errors. */
  readonly file: string;
  /** By address, in order of address. */
  readonly resources: ReadonlyMap<string, ResourceBody>;
  readonly variables: ReadonlyMap<string, VariableBody>;
  readonly locals: ReadonlyMap<string, unknown>;
  readonly outputs: ReadonlyMap<string, unknown>;
  /** Configurations of the AWS provider: the default one and its aliases. */
  readonly providers: readonly Readonly<Record<string, unknown>>[];
}

type Body = Readonly<Record<string, unknown>>;

/** Arguments that Terraform takes from every resource for itself. */
const META_ARGUMENTS = new Set(["//", "depends_on", "lifecycle", "provider", "connection", "provisioner"]);
/** What would make several resources of one, or read the world: the stacks have none, and it would be ignored silently. */
const UNSUPPORTED_ARGUMENTS = ["count", "for_each", "dynamic"];
// `moved` and `removed` speak of what an earlier apply left: nothing stood here before.
const UNSUPPORTED_SECTIONS = ["data", "module", "import", "ephemeral"];

/** @throws {Error} when the file cannot be read, is not JSON or holds what this reader does not evaluate. */
export function readDocument(file: string): TerraformDocument {
  return parseDocument(readText(file), file);
}

/** The same for text that is already there; `file` is what errors name. */
export function parseDocument(text: string, file: string): TerraformDocument {
  const root = asBody(parseJson(text, file), `${file}: the document`);
  const section = (name: string) => asBody(root[name] ?? {}, `${file}: ${name}`);
  const unsupported = UNSUPPORTED_SECTIONS.filter((name) => Object.keys(section(name)).length > 0);
  if (unsupported.length > 0)
    throw new Error(`${file}: ${unsupported.join(", ")}: not supported, the stacks have none`);
  return {
    file,
    resources: resources(section("resource"), file),
    variables: new Map(Object.entries(section("variable")).map(([name, body]) => [name, asBody(body, `var.${name}`)])),
    locals: new Map(Object.entries(section("locals"))),
    outputs: new Map(
      Object.entries(section("output")).map(([name, body]) => [name, asBody(body, `output.${name}`).value]),
    ),
    providers: [section("provider").aws ?? []].flat().map((body) => asBody(body, `${file}: provider.aws`)),
  };
}

function resources(section: Body, file: string): Map<string, ResourceBody> {
  const all = Object.entries(section).flatMap(([type, named]) =>
    Object.entries(asBody(named, `${file}: resource.${type}`)).map(([name, body]) => resource(type, name, body, file)),
  );
  all.sort((a, b) => (a.address < b.address ? -1 : 1));
  return new Map(all.map((one) => [one.address, one]));
}

function resource(type: string, name: string, value: unknown, file: string): ResourceBody {
  const address = `${type}.${name}`;
  const body = asBody(value, `${file}: ${address}`);
  const unsupported = UNSUPPORTED_ARGUMENTS.find((argument) => body[argument] !== undefined);
  if (unsupported) throw new Error(`${file}: ${address}: ${unsupported} is not supported, write each resource out`);
  return {
    type,
    name,
    address,
    arguments: Object.fromEntries(Object.entries(body).filter(([argument]) => !META_ARGUMENTS.has(argument))),
    dependsOn: (body.depends_on ?? []) as readonly string[],
    ...(typeof body.provider === "string" ? { provider: body.provider } : {}),
  };
}

function asBody(value: unknown, what: string): Body {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Body;
  throw new Error(`${what} must be an object, got ${Array.isArray(value) ? "a list" : typeof value}`);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unreadable";
    throw new Error(`${file}: the synthesised stack cannot be read (${code}): run npm run synth first`);
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message quotes the text, which may hold a secret.
    throw new Error(`${file}: not JSON: run npm run synth again`);
  }
}
