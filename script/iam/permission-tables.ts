import { parsePolicy, type ConditionElement, type PolicyStatement } from "../../local/iam/policy-document";
import { EXCEPTIONS, exceptionOf } from "./exceptions";
import { markdownTable } from "./markdown-table";

/** `resource` of a synthesised stack: type, name, arguments. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/** The same environment in each topology. */
export type Topologies = Readonly<Record<"mediapackage" | "direct", Resources>>;

type Row = readonly string[];

/** What the stack grants, as the tables of docs/security-iam.md, each under its heading. */
export function permissionTables(topologies: Topologies): string {
  return [
    section("What each role may do", ["Role", "Action", "Resource", "Only", "Exercised"], topologies, roleRows),
    section(
      "What resources let in",
      ["Policy of", "Who", "Action", "On", "Only", "Exercised"],
      topologies,
      resourceRows,
    ),
    section("Who may take a role", ["Role", "Who", "Only"], topologies, trustRows),
    section("Who may invoke a function", ["Function", "Who", "For"], topologies, invocationRows),
    section("What everyone is denied", ["Policy of", "Denied", "When"], topologies, denialRows),
    exceptions(),
  ].join("\n\n");
}

/** Rows that both topologies have stand once; the others say which has them. */
function section(heading: string, head: Row, topologies: Topologies, rowsOf: (resources: Resources) => Row[]): string {
  const [both, other] = [rowsOf(topologies.mediapackage), rowsOf(topologies.direct)];
  const has = (rows: Row[], row: Row): boolean => rows.some((each) => each.join("|") === row.join("|"));
  const rows = [
    ...both.map((row) => (has(other, row) ? row : marked(row, "mediapackage"))),
    ...other.filter((row) => !has(both, row)).map((row) => marked(row, "direct")),
  ].sort((a, b) => (a[0] ?? "").localeCompare(b[0] ?? ""));
  return `### ${heading}\n\n${markdownTable(head, rows)}`;
}

function marked([first = "", ...rest]: Row, topology: string): Row {
  return [`${first} (${topology})`, ...rest];
}

function roleRows(resources: Resources): Row[] {
  return policies(resources, "aws_iam_role_policy", ({ role }) => nameOf(role)).flatMap(([role, address, statement]) =>
    (statement.actions ?? []).map((action) => [
      role,
      code(action),
      resourcesOf(statement),
      conditionsOf(statement.conditions),
      exercised(address, statement.sid, action),
    ]),
  );
}

const RESOURCE_POLICIES = {
  aws_s3_bucket_policy: "bucket",
  aws_kms_key_policy: "key",
  aws_sqs_queue_policy: "queue",
  aws_sns_topic_policy: "topic",
};

function resourceRows(resources: Resources): Row[] {
  return ofResources(resources, "Allow").flatMap(([policyOf, address, statement]) =>
    (statement.actions ?? []).map((action) => [
      policyOf,
      principalsOf(statement),
      code(action),
      resourcesOf(statement),
      conditionsOf(statement.conditions),
      isAccount(statement) ? "leaves it to IAM" : exercised(address, statement.sid, action),
    ]),
  );
}

function denialRows(resources: Resources): Row[] {
  return ofResources(resources, "Deny").map(([policyOf, , statement]) => [
    policyOf,
    (statement.actions ?? []).map(code).join(", "),
    conditionsOf(statement.conditions),
  ]);
}

function ofResources(resources: Resources, effect: PolicyStatement["effect"]) {
  return Object.entries(RESOURCE_POLICIES)
    .flatMap(([type, kind]) => policies(resources, type, (_, name) => `${kind} ${code(name)}`))
    .filter(([, , statement]) => statement.effect === effect);
}

function trustRows(resources: Resources): Row[] {
  return policies(resources, "aws_iam_role", (_, name) => code(name), "assume_role_policy").map(
    ([role, , statement]) => [role, principalsOf(statement), conditionsOf(statement.conditions)],
  );
}

function invocationRows({ aws_lambda_permission: permissions = {} }: Resources): Row[] {
  return Object.values(permissions).map(({ function_name: name, principal, source_arn: source }) => [
    nameOf(name),
    code(String(principal)),
    shown(String(source)),
  ]);
}

/** Each statement with what its policy is called in the table, and the policy's address. */
function policies(
  resources: Resources,
  type: string,
  called: (values: Resources[string][string], name: string) => string,
  argument = "policy",
): [string, string, PolicyStatement][] {
  return Object.entries(resources[type] ?? {}).flatMap(([name, values]) => {
    const address = `${type}.${name}`;
    const statements = parsePolicy(String(values[argument]), address);
    return statements.map((each): [string, string, PolicyStatement] => [called(values, name), address, each]);
  });
}

function exercised(policy: string, sid: string | undefined, action: string): string {
  const found = exceptionOf(policy, sid, action);
  return found ? `no (${EXCEPTIONS.indexOf(found) + 1})` : "yes";
}

function exceptions(): string {
  const lines = EXCEPTIONS.map(({ reason, drill }, index) => {
    const drilled = drill ? ` [A drill](../${drill}) makes use of it.` : "";
    return `${index + 1}. ${reason}${drilled}`;
  });
  return `### Not exercised by the whole way\n\n${lines.join("\n")}`;
}

function isAccount({ principal }: PolicyStatement): boolean {
  return typeof principal === "object" && (principal.AWS ?? []).some((arn) => arn.endsWith(":root"));
}

function principalsOf(statement: PolicyStatement): string {
  if (isAccount(statement)) return "the account";
  const { principal = "*" } = statement;
  return (principal === "*" ? ["everyone"] : Object.values(principal).flat().map(code)).join(", ");
}

function resourcesOf({ resources = [] }: PolicyStatement): string {
  return resources.map(shown).join(", ");
}

function conditionsOf(conditions: ConditionElement): string {
  const tests = Object.entries(conditions).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => `${operator} ${code(key)} ${values.map(shown).join(", ")}`),
  );
  return tests.length === 0 ? "" : tests.join("; ");
}

/** `${aws_iam_role.mint.name}` -> `mint`. */
function nameOf(reference: unknown): string {
  return code(/\$\{\w+\.(\w+)\./.exec(String(reference))?.[1] ?? String(reference));
}

/** References stand as Terraform's addresses, without the attribute; a template's version is its content. */
function shown(text: string): string {
  const named = text.replace(/\$\{(\w+\.\w+)\.\w+\}/g, "$1").replace(/-[0-9a-f]{12}$/, "-<version>");
  return code(named.replace(/\b111111111111\b/g, "<account>").replace(/\beu-west-1\b/g, "<region>"));
}

function code(text: string): string {
  return `\`${text}\``;
}
