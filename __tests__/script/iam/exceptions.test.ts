import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { allStatements, granted, type Judged } from "../../../local/iam/figures";
import { surroundingsOf } from "../../../local/iam/judge";
import { readPolicies } from "../../../local/iam/policies";
import { readStack } from "../../../local/terraform/read-stack";
import { EXCEPTIONS, exceptionFor } from "../../../script/iam/exceptions";
import { environment, synthesised } from "../../support/synthesised";

const judged = (["mediapackage", "direct"] as const).map((topology): Judged => {
  const stack = readStack(synthesised(environment("local", topology)).file, {
    account: "000000000000",
    region: "eu-west-1",
    edgeHost: "edge",
    gatewayHost: "gateway",
    variables: { cdn_identifier: "identifier", api_origin_secret: "secret" },
  });
  return { policies: readPolicies(stack), surroundings: surroundingsOf(stack, () => 0) };
});
const grants = judged.flatMap((each) => {
  const statements = allStatements(each.policies);
  return granted(each).map((grant) => ({ grant, exception: exceptionFor(grant, statements) }));
});

test("every exception gives a reason in a sentence, and its drill is there", () => {
  expect(EXCEPTIONS.filter(({ reason }) => !/^[A-Z].{40,}\.$/.test(reason))).toEqual([]);
  const drills = EXCEPTIONS.flatMap(({ drill }) => drill ?? []);
  expect(drills.filter((file) => !existsSync(resolve(__dirname, "../../..", file)))).toEqual([]);
});

test("what is gone from the stack goes from the list: each policy, statement and action on it excuses a grant", () => {
  const sids = new Map(
    judged.flatMap(({ policies }) => allStatements(policies).map(({ id, source }) => [id, source.sid] as const)),
  );
  const stale = EXCEPTIONS.flatMap((exception) => {
    const excused = grants.filter((each) => each.exception === exception).map(({ grant }) => grant);
    const missing = (wanted: readonly string[] = [], found: (string | undefined)[]) =>
      wanted.filter((each) => !found.includes(each));
    return [
      ...missing(exception.policies, excused.map(({ statement }) => statement.replace(/#\d+$/, ""))), // prettier-ignore
      ...missing(exception.statements, excused.map(({ statement }) => sids.get(statement))), // prettier-ignore
      ...missing(exception.actions, excused.map(({ action }) => action)), // prettier-ignore
    ];
  });
  expect(stale).toEqual([]);
});

test("the list excuses little: of the roles it names MediaPackage's and Firehose's alone, traces apart", () => {
  const excused = grants.filter(({ exception, grant }) => exception && !grant.action.startsWith("xray:"));
  const roles = excused.map(({ grant }) => grant.statement).filter((id) => id.startsWith("aws_iam_role"));
  expect(new Set(roles.map((id) => id.replace(/#\d+$/, "")))).toEqual(
    new Set(["aws_iam_role_policy.beacons", "aws_iam_role_policy.mediapackage_reader"]),
  );
});
