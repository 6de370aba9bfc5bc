import { blocks, excerpt, isObject, onlyKeys, same, type Values, type Violation } from "./gate-rules";

const SOURCES: readonly unknown[] = ["aws", "hashicorp/aws", "registry.terraform.io/hashicorp/aws"];
const CONSTRAINT = /^[\d.,<>=~! ]+$/;
const BACKEND_KEYS = ["bucket", "key", "region", "encrypt", "use_lockfile", "kms_key_id"];
const PROVIDER_KEYS = ["alias", "region", "allowed_account_ids", "default_tags"];
const AS_MAIN = "exactly main's; such a change is merged first and planned on main";

/** The `terraform` block: versions may change, the backend may not. */
export function judgeTerraform(terraform: unknown, base: Values | undefined): Violation[] {
  const wrong = onlyKeys(terraform, "terraform", ["backend", "required_providers", "required_version"]);
  if (!isObject(terraform)) return wrong;
  const ofBase = base && isObject(base.terraform) ? base.terraform.backend : undefined;
  return [
    ...wrong,
    ...(base ? judgeBackend(terraform.backend, ofBase) : shapeOfBackend(terraform.backend)),
    ...judgeProviderSources(terraform.required_providers),
    ...judgeConstraint(terraform.required_version, "terraform.required_version"),
  ];
}

function judgeBackend(backend: unknown, base: unknown): Violation[] {
  const got = isObject(backend) && isObject(backend.s3) ? backend.s3 : undefined;
  const main = isObject(base) && isObject(base.s3) ? base.s3 : undefined;
  if (!got || !main || Object.keys(backend as Values).length !== 1) return shapeOfBackend(backend);
  return differences(got, main, "terraform.backend.s3");
}

/** Where there is no main to compare with: a literal S3 backend with nothing unusual. */
function shapeOfBackend(backend: unknown): Violation[] {
  const where = "terraform.backend";
  if (!isObject(backend) || !isObject(backend.s3) || Object.keys(backend).length !== 1) {
    return [{ where, got: excerpt(backend), allowed: "one backend, s3" }];
  }
  const wrong = onlyKeys(backend.s3, `${where}.s3`, BACKEND_KEYS);
  const on = ["encrypt", "use_lockfile"].filter((key) => (backend.s3 as Values)[key] !== true);
  const off = on.map((key) => ({
    where: `${where}.s3.${key}`,
    got: excerpt((backend.s3 as Values)[key]),
    allowed: "true",
  }));
  return [...wrong, ...off];
}

function judgeProviderSources(required: unknown): Violation[] {
  const where = "terraform.required_providers";
  const wrong = onlyKeys(required, where, ["aws"]);
  if (!isObject(required) || required.aws === undefined) return wrong;
  if (!isObject(required.aws)) return [...wrong, ...onlyKeys(required.aws, `${where}.aws`, ["source", "version"])];
  const { source, version } = required.aws;
  if (!SOURCES.includes(source))
    wrong.push({ where: `${where}.aws.source`, got: excerpt(source), allowed: "hashicorp/aws" });
  const keys = onlyKeys(required.aws, `${where}.aws`, ["source", "version"]);
  return [...wrong, ...keys, ...judgeConstraint(version, `${where}.aws.version`)];
}

function judgeConstraint(version: unknown, where: string): Violation[] {
  if (version === undefined || (typeof version === "string" && CONSTRAINT.test(version))) return [];
  return [{ where, got: excerpt(version), allowed: "a version constraint" }];
}

/** Provider blocks decide whose credentials act where: they are main's, tags apart. */
export function judgeProviders(provider: unknown, base: Values | undefined): Violation[] {
  const wrong = onlyKeys(provider, "provider", ["aws"]);
  if (!isObject(provider)) return wrong;
  const got = blocks(provider.aws);
  const notBlocks = got.filter((block) => !isObject(block));
  if (notBlocks.length > 0) return [...wrong, ...notBlocks.flatMap((block) => onlyKeys(block, "provider.aws", []))];
  const configured = got as Values[];
  const tags = configured.flatMap((block) => judgeTags(block, nameOf(block)));
  return [...wrong, ...tags, ...(base ? againstBase(configured, base) : configured.flatMap(shapeOfProvider))];
}

function againstBase(got: readonly Values[], base: Values): Violation[] {
  const ofBase = isObject(base.provider) ? blocks(base.provider.aws).filter(isObject) : [];
  const names = [...new Set([...ofBase, ...got].map(nameOf))];
  return names.flatMap((name) => {
    const mine = got.filter((block) => nameOf(block) === name);
    const main = ofBase.find((block) => nameOf(block) === name);
    if (!main) return [{ where: name, got: "a provider that main does not have", allowed: AS_MAIN }];
    if (mine.length !== 1) return [{ where: name, got: `${mine.length} such providers`, allowed: AS_MAIN }];
    return differences(withoutTags(mine[0] ?? {}), withoutTags(main), name);
  });
}

function shapeOfProvider(block: Values): Violation[] {
  return onlyKeys(block, nameOf(block), PROVIDER_KEYS);
}

/** Tags of an environment change without harm, as long as nothing is computed into them. */
function judgeTags(block: Values, name: string): Violation[] {
  if (block.default_tags === undefined) return [];
  const where = `${name}.default_tags`;
  return blocks(block.default_tags).flatMap((entry) => [
    ...onlyKeys(entry, where, ["tags"]),
    ...Object.entries(isObject(entry) && isObject(entry.tags) ? entry.tags : {})
      .filter(([key, value]) => typeof value !== "string" || /[$%]\{/.test(key + value))
      .map(([key, value]) => ({ where: `${where}.tags.${key}`, got: excerpt(value), allowed: "plain text" })),
  ]);
}

function withoutTags({ default_tags: _tags, ...rest }: Values): Values {
  return rest;
}

function nameOf(block: Values): string {
  return block.alias === undefined ? "provider.aws" : `provider.aws[${excerpt(block.alias)}]`;
}

function differences(got: Values, main: Values, where: string): Violation[] {
  return [...new Set([...Object.keys(main), ...Object.keys(got)])]
    .filter((key) => !same(got[key], main[key]))
    .map((key) => ({
      where: `${where}.${key}`,
      got: excerpt(got[key]),
      allowed: `${excerpt(main[key])}: ${AS_MAIN}`,
    }));
}
